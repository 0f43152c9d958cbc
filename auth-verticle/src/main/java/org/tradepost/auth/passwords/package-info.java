/** Passwords: the rules for new ones, and their hashing with argon2id. */
package org.tradepost.auth.passwords;
