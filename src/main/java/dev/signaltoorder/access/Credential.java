package dev.signaltoorder.access;

/**
 * What a user proves to be known by. Only one-way images and public marks are kept, never a secret.
 */
sealed interface Credential permits PasswordHash, TokenHash, CertificateMark {}
