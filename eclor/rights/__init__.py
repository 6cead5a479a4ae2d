"""What a person may ask: to see what is held of them, to have it erased, to be left out (RGPD 15, 17, 21)."""
