"""Where the pages leave room: where, what the page says, what was chosen and why.

"Page" is decision.md, second version, unless another is named. `DECISIVE` doubts can change an
outcome, a remedy or money; the others only a date, a verdict, a warning or an obligation.
"""

DECISIVE: tuple[str, ...] = (
    "0, asked that was met. The page says that a demand that was met is over and a later failure "
    "is asked for anew, and then that such a day is used as stated, with a warning: a fault asked "
    "for on day 5, repaired, and back after a year would still be in the 7-day window. Chosen: "
    "used as stated, the sentence that rules. The text of arts. 11-12 supports the other.",
    "0, appeared_on after asked. Asked as stated, or as settled where the stated day lies before "
    "an exchange? Chosen: as settled (the day of the claim), because the page puts the replacement "
    "first and the stated day concerned another unit.",
    "0, an unknown sale without a factory date has no first day. Chosen: back to 2001-11-14, one "
    "day before art. 31; so `excluded` remains possible for a claim that states no day of a sale. "
    "Changed when compared with the engine: an invoice, receipt or factory date of after the "
    "commencement tells of a sale of after it, so that nobody is held to prove in 2026 that his "
    "phone was not sold in 2001.",
    "0, an unknown sale. The bounds named leave out a known invoice date, exchanges that are later "
    "ignored, and an intact voucher (which would show the day). Chosen: the named bounds only, and "
    "every exchange listed is a bound.",
    "0, 'an unknown sale or delivery'. The contract gives received_on the default sold_on, so a "
    "delivery is unknown only with the sale. Chosen: no receipt stated is receipt on the day of "
    "the sale, stated or tried out; the delivery is never tried out by itself.",
    "0 and 1, factory date and a known sale before it, a receipt before the sale, a sale, receipt, "
    "invoice or factory date after the claim: the page names only some as errors. Chosen: all of "
    "these are errors, each contradicts a bound of section 0 or cannot be shown on that day.",
    "0 and 1, factory grade with an exchange. Exchanges are 'not looked at, neither for the start "
    "nor for which repairs count'. Asked, appeared_on, the six months, windows and depreciation "
    "are not named. Chosen: there the exchange counts as everywhere.",
    "1, repairs handed in before the sale or the receipt: silent. Chosen: they count where handed "
    "in on or after the start, as the page says of all repairs.",
    "1, a repair handed in on the day of an exchange belongs to the new unit ('before the last "
    "exchange' taken strictly).",
    "3, six months 'from the last exchange, else receipt, else sale, else the start', although an "
    "unknown sale is settled by cases, so that there always is a sale. Chosen: 'else' means not "
    "stated; with neither exchange, receipt nor sale stated the six months run from the start.",
    "4, no factory date stated. It is in no list of absences with a meaning, so by the contract it "
    "would be 'not known' and a claim without papers never certainly `paid_repair`. Chosen: not "
    "stated is not shown, because evidence is what the consumer can show.",
    "5, art10.again under window_day=appeared. The day held is then the day the fault appeared, "
    "and a fault that never went away appeared before the hand-back: the right fails, although "
    "default reading and art. 10 give it. Only *asked* before the hand-back is provided for. "
    "Chosen: as written.",
    "5, art19 'no full refund (11, cpl45, cpl54) open'. Local full refunds are not named. Chosen: "
    "they do not shut art. 19, so it may stand beside a better local refund.",
    "5, art14.refund 'two or more exchanges': no bound in time. Chosen: every exchange that "
    "counts, however long ago.",
    "6, a paid_price of 0.00 of decree goods makes the price of the refund 0.00, so no refund "
    "right at all, whatever the invoice says. Chosen: as written; Decree 778 art. 18 hardly means "
    "that a trader who proves that nothing was paid keeps an invoice's price.",
    "6, days in repair 'since that start' where a repair was handed in before the start of use "
    "and ran beyond it (an invoice later than the delivery). Chosen: its days on or after the "
    "start count; days are counted, not repairs. A repair before an exchange counts not at all.",
    "6, price unknown and no day of use: a fee of 0.00 is certain, yet the page leaves money open "
    "with the price. Chosen: fee not known.",
    "6, nothing left with the price unknown: by 'used days x 0.5 % >= 100 %'. With a known price "
    "of a few cents rounding decides. Chosen: as written, both ways.",
    "9, papers for zj26.repairs_refund and js20.refund. 'Papers are the national ones', but the "
    "national table knows refunds by `full`, refunds that follow from an exchange owed, and "
    "cpl45 'same papers as art13'. Chosen: zj26.refund_7 as art11.refund (refund_papers has its "
    "effect), the other two the papers of the exchange beside them, as cpl45.",
    "9, zj26 windows 'as in 1 from delivered'. From delivered even after an exchange, or as in 1? "
    "Chosen: as in 1 (an exchange starts them again as windows_after_exchange has it), from "
    "delivered where 1 has delivered, so that window_start=sold has no effect.",
    "9, an exchange owed by Zhejiang alone (unlisted fault, accessory, lesser papers), none in "
    "stock. other-law.md: refund on demand (26 para. 2-3); the page names no rule. Chosen: "
    "art18.refund with the policy zhejiang-2017.",
    "9, zj26.refund_in_stock 'as art. 19', so only where no full refund is open: is art. 11 beside "
    "it counted from delivery, as Zhejiang counts, or under window_start=sold from the sale? "
    "Chosen: as nationally. It has no effect: zj26.refund_7 pays the same.",
    "9, zj26.refund_in_stock 'as art. 19': is a local exchange an exchange owed? Chosen: yes, by "
    "the regulation's own words, main units only; ranked with art. 19, not with full refunds.",
    "9, repair days of zj26.repairs: of all repairs, or of those under the guarantees? Section 6 "
    "says 'all repairs', section 9 nothing. Chosen: all, the same words; the law speaks of repair "
    "in the guarantee only, so paid repairs are doubtful.",
    "9, national rights opened by zj 30. Chosen: policy zhejiang-2017, rule as it is; what follows "
    "from an exchange so opened (18, 19) as well, art. 19 with its fee beside "
    "zj26.refund_in_stock without; outside the period nothing, so art10.again is not opened.",
    "9, burden_of_proof has 'no effect on these', yet scope (network, SIM data, proved by the "
    "table of section 3) is national. Chosen: it has its effect on scope, none on (4)-(6). Zj 30 "
    "as other-law.md tells it would cover network and SIM data, too.",
    "9, Jiangsu, bars (4)-(6): not said. Chosen: the national proof.",
    "9, js20 'an unmended repair': 16 and 17 add 'under the guarantees, recorded, since the "
    "start'. Chosen: under the guarantees and since the start (section 1: an old unit's repairs "
    "count for nothing), recorded not asked, because Jiangsu's text does not.",
    "9, Jiangsu windows 'start again whatever the reading says' though the page gives Jiangsu no "
    "windows of its own. Chosen: the national arts. 11 and 12 with windows that restart, and what "
    "follows from them, policy jiangsu-2017 where they are not open nationally.",
    "9, a right that needs both local laws (Zhejiang's proof and Jiangsu's windows). Chosen: "
    "none, each stands beside the national law by itself.",
    "9, `province` is where the consumer bought (Jiangsu: sales in) and where the consumption is "
    "(Zhejiang): one field for two things. Chosen: as written.",
    "9, accessories in Zhejiang: art. 26 para. 1 also names repair within 7 and 15 days; the page "
    "names no such right. Chosen: none.",
    "10, built_in_battery=accessory: 'of the rights only art14.exchange and art18.refund'. Taken "
    "as written also cpl54 and all local rights fall, though an authority's finding or Zhejiang's "
    "law is no matter of this reading. Chosen: as written.",
    "10, built_in_battery=accessory: the phone's exchanges. They are no exchanges of the battery, "
    "but does the period start at the phone's? Chosen: yes, section 1 is not excepted and a new "
    "phone has a new battery.",
    "10, what a reading changes: 'kinds of open remedies' and art. 19 with nothing left, which "
    "'stays among the remedies' but is not available. Chosen: it counts as open.",
)

MINOR: tuple[str, ...] = (
    "Verdicts: not defined on the page. Chosen: a right `fails` where a condition of section 5 "
    "(papers included) is not met, is `barred` where scope or a bar alone stands against it; with "
    "evidence none all rights fail. 'Inside the period' is bar (1), so barred. A ground of scope "
    "or bar holds or fails; one asserted and not proved fails (the contract has `unknown`).",
    "Remedies: whether only the better of two of one kind is listed ('remedy by remedy the "
    "better'). Chosen: every open right is listed. `remedy` of a repair is `free_repair`.",
    "`possible`, strongest first: art. 18 and 19 rank below an exchange, yet are `refund`. "
    "Chosen: refund, exchange, free_repair, paid_repair, excluded, always; compare as sets.",
    "0, the last finished repair 'of this fault': under the guarantees or not? Chosen: either "
    "(a warning only); 'last' is the latest hand-back.",
    "0 and 3, evidence none: 'the period is not examined'. Chosen: its dates and days are None; "
    "windows are still shown.",
    "1, windows of accessories and of goods outside the catalogue are not shown; those of a main "
    "unit also where built_in_battery=accessory makes them idle.",
    "1, first_day=same_day is often hidden: a last day moved from Monday to Sunday rolls back.",
    "1, repairs_before_exchange at factory grade. Chosen: no warning, those repairs count.",
    "2, app3.unlisted for an accessory with `none` or `wear`, or a battery that measures sound. "
    "Chosen: does not apply, art10 does.",
    "2, symptom_of_other_goods: 'with a warning' follows main units. Chosen: main units with an "
    "accessory's symptom, save battery_fault; not accessories with another's.",
    "5, art12 'not inside the 7-day window of art11.exchange': zj26.exchange_15 says nothing. "
    "Chosen: the same, days 8 to 15 (no kind of remedy hangs on it).",
    "6, paid_price_not_used: chosen for all goods that are not decree goods; an accessory bought "
    "with a phone under the Decree has no warning ('has no part in it').",
    "7, ids and days of obligations: only penalty8.within_15_days, art5.voucher_due and "
    "art23.gift are named. The loaner's day: hand-in + 8 (Zhejiang + 6), only beside an open "
    "right. The voucher is due, and a gift and a plan are said, whatever the outcome.",
    "7, other-law.md has answers and performance due by zj 31 and js 23; the page lists none.",
    "8 and 9, order among equals: 'a local full refund ranks with [11]' and 'ties: national "
    "first'. Chosen: one rank of full refunds, all national ones before the local ones; so cpl54 "
    "leads before zj26.refund_7. The amount is the same.",
    "Claims by cases: warnings and obligations of every case only; dates and rules None and a "
    "verdict 'unknown' where the cases differ. An unknown symptom takes every code, also those of "
    "other goods.",
    "Contract, dates known to the month or year: not on the page, raised as impossible here.",
)

DOUBTS: tuple[str, ...] = DECISIVE + MINOR
