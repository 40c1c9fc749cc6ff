-- What the archive does not hold: the runs and what the gate said in each.
INSERT INTO ledger.run BY NAME FROM former.ledger.run;
INSERT INTO ledger.expectation_result BY NAME FROM former.ledger.expectation_result;
