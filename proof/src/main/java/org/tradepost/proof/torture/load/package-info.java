/** The load of a torture run: buyers, the calls they make, and the log of every call. */
package org.tradepost.proof.torture.load;
