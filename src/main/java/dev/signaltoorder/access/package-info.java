/** Who may do what: users, roles, credentials. */
@NullMarked
package dev.signaltoorder.access;

import org.jspecify.annotations.NullMarked;
