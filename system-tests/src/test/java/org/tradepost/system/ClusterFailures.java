package org.tradepost.system;

/** Tests of some failures, in the cluster that all of them share. */
abstract class ClusterFailures {
  static ShopCluster cluster;
  static ShopDatabases databases;

  static void startCluster() {
    cluster = new ShopCluster();
    databases = cluster.databases;
  }

  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }
}
