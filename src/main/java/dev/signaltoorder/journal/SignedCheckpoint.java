package dev.signaltoorder.journal;

/**
 * A checkpoint and the note it was opened from, or signed into.
 *
 * @param checkpoint what it says
 * @param note text and signatures, exactly
 */
record SignedCheckpoint(Checkpoint checkpoint, String note) {}
