/**
 * What {@code quarkus:dev} and the tests need and a package never runs: a PostgreSQL of their own,
 * made-up users and secrets. Uses optional dependencies that packages leave out.
 */
@NullMarked
package dev.signaltoorder.development;

import org.jspecify.annotations.NullMarked;
