"""What is said of a decision, an answer, a policy: 说明文字."""
