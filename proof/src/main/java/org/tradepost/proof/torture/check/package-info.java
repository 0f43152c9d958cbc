/**
 * The checks of a torture run: compares the responses to the buyers with what the databases hold.
 */
package org.tradepost.proof.torture.check;
