package org.tradepost.common.identity;

/**
 * The client of a request, as a gateway names it to the services. It comes with a proof of the
 * cluster secret, so that no other client of the bus can pose as many clients.
 */
public final class ClientProof {

  private static final String PURPOSE = "client of a request";

  private final ClusterProof proof;

  public ClientProof(ClusterProof proof) {
    this.proof = proof;
  }

  /** Returns the client with its proof, as the header of a message contains it. */
  public String sign(String client) {
    return proof.of(PURPOSE, client) + " " + client;
  }

  /**
   * Returns the client that a header names.
   *
   * @param header the header, or null
   * @return empty if there is no header, or no valid proof in it
   */
  public String verify(String header) {
    var end = header == null ? -1 : header.indexOf(' ');
    if (end < 0) {
      return "";
    }
    var client = header.substring(end + 1);
    return proof.holds(PURPOSE, client, header.substring(0, end)) ? client : "";
  }
}
