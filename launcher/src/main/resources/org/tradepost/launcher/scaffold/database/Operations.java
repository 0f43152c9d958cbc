package {{package}};

import {{package}}.{{Name}}Contract.Add;
import {{package}}.{{Name}}Contract.Added;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.platform.sql.Database;

/** The rules of the service. */
record {{Name}}Operations(Database database, Runnable changed) {
  Future<Added> add(Add request, RequestContext call) {
    return database
        .query("insert into entry (text) values ($1) returning id", Tuple.of(request.text()))
        .map(rows -> new Added(rows.iterator().next().getLong("id"), request.text()))
        .onSuccess(added -> changed.run());
  }
}
