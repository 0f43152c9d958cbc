/** Membership of the cluster over Hazelcast, and the directory of services in it. */
package org.tradepost.platform.cluster;
