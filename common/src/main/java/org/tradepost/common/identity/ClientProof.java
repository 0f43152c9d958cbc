package org.tradepost.common.identity;

/**
 * The client of a request, as a gateway names it to the services: with the proof of the cluster's
 * secret, so that nobody else on the bus can pass for many clients.
 */
public final class ClientProof {

  private static final String PURPOSE = "client of a request";

  private final ClusterProof proof;

  public ClientProof(ClusterProof proof) {
    this.proof = proof;
  }

  /** The client with its proof, as it stands in the header field of a message. */
  public String show(String client) {
    return proof.of(PURPOSE, client) + " " + client;
  }

  /**
   * The client that was shown.
   *
   * @param shown the header field, or null
   * @return empty when there is none, or no proof of it
   */
  public String read(String shown) {
    var end = shown == null ? -1 : shown.indexOf(' ');
    if (end < 0) {
      return "";
    }
    var client = shown.substring(end + 1);
    return proof.holds(PURPOSE, client, shown.substring(0, end)) ? client : "";
  }
}
