package org.tradepost.product;

import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tradepost.platform.testing.TestNode.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.StockContract;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.contract.product.StockContract.Settle;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.config.Settings;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;
import org.tradepost.platform.testing.TestTokens;

/** Runs the product service on its own node and database, with helpers for tests. */
public final class RunningProduct implements AutoCloseable {

  public static final Money PRICE = new Money(1_000, "EUR");

  private final ClusterNode node = TestNode.start();
  private final TestTokens tokens = TestTokens.serve(node);
  private final String admin = tokens.admin();
  private final Connection sql;

  public RunningProduct() {
    this(TestDatabase.settings());
  }

  /** Starts another instance on an existing database. */
  public RunningProduct(Map<String, String> settings) {
    await(node.deploy(new ProductVerticle(node, ProductConfig.from(Settings.of(settings)))));
    try {
      sql =
          DriverManager.getConnection(
              "jdbc:" + settings.get("TRADEPOST_DATABASE_URL"), "postgres", "postgres");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public ClusterNode node() {
    return node;
  }

  /** Sends a request as an administrator; parameters are fields of the body. */
  public Message<Buffer> asAdmin(Operation<?, ?> operation, Object request) {
    return await(sendAsAdmin(operation, request));
  }

  public Message<Buffer> asCustomer(Operation<?, ?> operation, Object request) {
    return await(send(operation, tokens.customer("someone"), bytes(request)));
  }

  public Message<Buffer> asAnonymous(Operation<?, ?> operation, Object request) {
    return await(send(operation, null, bytes(request)));
  }

  /** Like {@link #asAdmin}, but does not wait. */
  public Future<Message<Buffer>> sendAsAdmin(Operation<?, ?> operation, Object request) {
    return send(operation, admin, bytes(request));
  }

  /** Returns the error code of the rejection when an administrator sends these bytes. */
  public String rejectedBytes(Operation<?, ?> operation, String body) {
    return rejection(() -> await(send(operation, admin, Buffer.buffer(body)))).failure().code();
  }

  public <R> R reply(Operation<?, R> operation, Object request) {
    return WireJson.read(asAdmin(operation, request).body(), operation.reply());
  }

  /** Returns the error code of the rejection when an administrator sends this request. */
  public String rejected(Operation<?, ?> operation, Object request) {
    return rejection(() -> asAdmin(operation, request)).failure().code();
  }

  public static ServiceException rejection(ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(ServiceException.class, call);
  }

  private static Buffer bytes(Object request) {
    return request instanceof JsonObject json ? json.toBuffer() : WireJson.write(request);
  }

  private Future<Message<Buffer>> send(Operation<?, ?> operation, String token, Buffer body) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    if (token != null) {
      headers.set(BusHeaders.AUTHORIZATION, token);
    }
    return node.bus().send(operation.address(), body, headers, TestNode.TIMEOUT_MILLIS);
  }

  /** Inserts a product into the database, bypassing the service. */
  public UUID product(long onHand) {
    return product(onHand, PRICE);
  }

  public UUID product(long onHand, Money price) {
    var id = UUID.randomUUID();
    execute(
        "insert into product (id, sku, name, description, category, amount, currency, attributes)"
            + " values (?, ?, 'Thing', '', 'things', ?, ?, '{}')",
        id,
        "T-" + id.toString().substring(0, 13).toUpperCase(Locale.ROOT),
        price.amount(),
        price.currency());
    execute("insert into stock (product_id, on_hand) values (?, ?)", id, onHand);
    execute(
        "insert into ledger (product_id, delta, reason, on_hand) values (?, ?, 'opening', ?)",
        id,
        onHand,
        onHand);
    return id;
  }

  public static HoldStock request(UUID orderId, UUID productId, int quantity) {
    return new HoldStock(orderId, "f00d", List.of(new HoldStock.Line(productId, quantity, null)));
  }

  public Future<Hold> hold(HoldStock request) {
    return TestNode.call(node, StockContract.HOLD, request);
  }

  /** Holds pieces for a new order and returns its id. */
  public UUID held(UUID productId, int quantity) {
    var orderId = UUID.randomUUID();
    await(hold(request(orderId, productId, quantity)));
    return orderId;
  }

  public List<UUID> settle(UUID orderId, Fate... fates) {
    var settlements = new ArrayList<Settlement>();
    for (var fate : fates) {
      settlements.add(new Settlement(orderId, fate));
    }
    return await(TestNode.call(node, StockContract.SETTLE, new Settle(settlements))).settled();
  }

  public String state(UUID orderId) {
    return (String) value("select state from hold where order_id = ?", orderId);
  }

  /** The pieces on hand and reserved, such as {@code 5/2}. */
  public String stock(UUID productId) {
    return (String)
        value("select on_hand || '/' || reserved from stock where product_id = ?", productId);
  }

  /** Returns how many products violate invariant I1, I2 or I3 of the audit. */
  public long violations() {
    return (Long)
        value(
            """
            select count(*) from stock
            where not (0 <= reserved and reserved <= on_hand)
               or reserved <> (select coalesce(sum((line ->> 3)::integer), 0)
                               from hold cross join json_array_elements(lines) as line
                               where state = 'HELD' and (line ->> 0)::uuid = stock.product_id)
               or on_hand <> (select sum(delta) from ledger
                              where ledger.product_id = stock.product_id)
               or on_hand <> (select on_hand from ledger
                              where ledger.product_id = stock.product_id
                              order by number desc limit 1)
            """);
  }

  public Object value(String query, Object... parameters) {
    try (var statement = sql.prepareStatement(query)) {
      for (var i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (var rows = statement.executeQuery()) {
        return rows.next() ? rows.getObject(1) : null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public void execute(String command, Object... parameters) {
    try (var statement = sql.prepareStatement(command)) {
      for (var i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(node.stop());
    try {
      sql.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
