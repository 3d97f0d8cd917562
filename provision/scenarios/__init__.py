"""What if: changes to the baseline, their outcome, cost and best next places, in one grammar."""
