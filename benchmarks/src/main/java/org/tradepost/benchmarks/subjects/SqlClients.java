package org.tradepost.benchmarks.subjects;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import java.util.ArrayList;
import java.util.List;
import org.tradepost.benchmarks.load.Client;
import org.tradepost.benchmarks.load.Clients;
import org.tradepost.benchmarks.machine.Await;
import org.tradepost.benchmarks.machine.MeasurementFailure;
import org.tradepost.benchmarks.workload.PostgresServer;

/** A number of database connections, each of which does the same work. */
final class SqlClients implements Clients {
  private final List<PgConnection> connections = new ArrayList<>();
  private final List<Client> clients;

  SqlClients(int count, PostgresServer server, SqlWork work) {
    try {
      for (var i = 0; i < count; i++) {
        connections.add(server.connect(work.database()));
      }
    } catch (MeasurementFailure e) {
      close();
      throw e;
    }
    this.clients = connections.stream().map(work::client).toList();
  }

  @Override
  public List<Client> all() {
    return clients;
  }

  @Override
  public void close() {
    Await.on(Future.join(connections.stream().map(PgConnection::close).toList()));
  }
}
