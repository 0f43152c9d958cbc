package org.tradepost.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tradepost.common.contract.order.OrderContract.CancelOrder;
import org.tradepost.common.contract.order.OrderContract.Cancellation;
import org.tradepost.common.contract.order.OrderContract.Change;
import org.tradepost.common.contract.order.OrderContract.DeliverOrder;
import org.tradepost.common.contract.order.OrderContract.GetOrder;
import org.tradepost.common.contract.order.OrderContract.History;
import org.tradepost.common.contract.order.OrderContract.ListOrders;
import org.tradepost.common.contract.order.OrderContract.Order;
import org.tradepost.common.contract.order.OrderContract.OrderLine;
import org.tradepost.common.contract.order.OrderContract.OrderPage;
import org.tradepost.common.contract.order.OrderContract.OrderStatus;
import org.tradepost.common.contract.order.OrderContract.PlaceLine;
import org.tradepost.common.contract.order.OrderContract.PlaceOrder;
import org.tradepost.common.contract.order.OrderContract.ShipOrder;
import org.tradepost.common.contract.order.OrderContract.Shipment;
import org.tradepost.common.contract.order.ParkedEventContract.DiscardParkedEvent;
import org.tradepost.common.contract.order.ParkedEventContract.LaterEvent;
import org.tradepost.common.contract.order.ParkedEventContract.ListParkedEvents;
import org.tradepost.common.contract.order.ParkedEventContract.ParkedEvent;
import org.tradepost.common.contract.order.ParkedEventContract.ParkedEventPage;
import org.tradepost.common.contract.order.ParkedEventContract.RetryParkedEvent;
import org.tradepost.common.contract.order.ResolveContract.FindFinished;
import org.tradepost.common.contract.order.ResolveContract.Finished;
import org.tradepost.common.contract.order.ResolveContract.Resolve;
import org.tradepost.common.contract.order.ResolveContract.Resolved;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.contract.product.StockContract.Settle;
import org.tradepost.common.contract.product.StockContract.Settled;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.common.json.WireJson;

class ContractRoundTripTest {

  private static final UUID ID = UUID.randomUUID();
  private static final Instant TIME = Instant.parse("2026-01-15T10:30:00.123456Z");
  private static final Money PRICE = new Money(1999, "EUR");

  @ParameterizedTest
  @MethodSource("records")
  void what_is_written_is_read_again(Record written) {
    assertThat(WireJson.read(WireJson.write(written), written.getClass())).isEqualTo(written);
  }

  static Stream<Record> records() {
    var order =
        new Order(
            ID,
            "TP-000001",
            ID,
            OrderStatus.CANCELLED,
            "EUR",
            List.of(new OrderLine(ID, "SKU", "Name", 2, PRICE, PRICE.times(2))),
            PRICE.times(2),
            "note",
            2,
            TIME,
            TIME,
            new Cancellation("reason", TIME),
            new Shipment("DHL", "T1", TIME),
            TIME);
    return Stream.of(
        new PlaceOrder("key", List.of(new PlaceLine(ID, 2, PRICE)), "note"),
        new PlaceOrder(null, List.of(new PlaceLine(ID, 2, null)), null),
        new GetOrder(ID),
        new ListOrders("TP-000001", OrderStatus.PLACED, TIME, TIME, ID, 20, "cursor"),
        new CancelOrder(ID, "reason"),
        new ShipOrder(ID, "DHL", "T1"),
        new DeliverOrder(ID),
        order,
        new OrderPage(List.of(order), "cursor", true),
        new History(
            List.of(
                new Change(
                    1, "OrderPlaced", TIME, JsonNodeFactory.instance.objectNode(), "00-a-b-01"))),
        new ListParkedEvents(20, "cursor"),
        new RetryParkedEvent(4711),
        new DiscardParkedEvent(4711),
        new ParkedEventPage(
            List.of(
                new ParkedEvent(
                    4711,
                    ID,
                    1,
                    "OrderPlaced",
                    TIME,
                    TIME,
                    12,
                    List.of(new LaterEvent(2, "OrderCancelled")))),
            "cursor"),
        new HoldStock(ID, "ff", List.of(new HoldStock.Line(ID, 1, PRICE))),
        new Hold(ID, TIME, List.of(new HeldLine(ID, "SKU", "Name", 1, PRICE))),
        new Settle(List.of(new Settlement(ID, Fate.PLACED))),
        new Settled(List.of(ID)),
        new Resolve(List.of(ID)),
        new FindFinished(List.of(ID)),
        new Finished(List.of(ID)),
        new Resolved(List.of(new Settlement(ID, Fate.ABANDONED))));
  }
}
