/** The checks of a torture run: compares what the buyers were told with what the databases hold. */
package org.tradepost.proof.torture.check;
