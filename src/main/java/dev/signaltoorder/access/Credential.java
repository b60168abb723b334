package dev.signaltoorder.access;

/** What a user proves to be known by. Only one-way images are kept, never the secret itself. */
sealed interface Credential permits PasswordHash, TokenHash {}
