/** One JVM as a node of the cluster, and what it knows of the other nodes. */
package org.tradepost.platform.node;
