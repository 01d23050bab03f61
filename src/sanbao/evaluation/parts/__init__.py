"""The parts of a decision, formed when they are looked at: 决定的各部分."""
