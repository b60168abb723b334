/**
 * The append-only journal of facts in PostgreSQL, the lease that guards it, and small tables beside
 * it.
 */
@NullMarked
package dev.signaltoorder.journal;

import org.jspecify.annotations.NullMarked;
