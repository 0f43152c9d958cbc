package org.tradepost.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tradepost.common.contract.order.ResolveContract.FindFinished;
import org.tradepost.common.contract.order.ResolveContract.Finished;
import org.tradepost.common.contract.order.ResolveContract.Resolve;
import org.tradepost.common.contract.order.ResolveContract.Resolved;
import org.tradepost.common.contract.product.Fate;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.contract.product.ProductContract.AdjustStock;
import org.tradepost.common.contract.product.ProductContract.ArchiveProduct;
import org.tradepost.common.contract.product.ProductContract.CategoryCount;
import org.tradepost.common.contract.product.ProductContract.ChangeProduct;
import org.tradepost.common.contract.product.ProductContract.CreateProduct;
import org.tradepost.common.contract.product.ProductContract.Facets;
import org.tradepost.common.contract.product.ProductContract.HeldPieces;
import org.tradepost.common.contract.product.ProductContract.LedgerEntry;
import org.tradepost.common.contract.product.ProductContract.LedgerPage;
import org.tradepost.common.contract.product.ProductContract.ListLedger;
import org.tradepost.common.contract.product.ProductContract.ListProducts;
import org.tradepost.common.contract.product.ProductContract.OfHold;
import org.tradepost.common.contract.product.ProductContract.OfProduct;
import org.tradepost.common.contract.product.ProductContract.OrderHold;
import org.tradepost.common.contract.product.ProductContract.PriceBand;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.ProductContract.ProductPage;
import org.tradepost.common.contract.product.ProductContract.StockLevel;
import org.tradepost.common.contract.product.StockContract.HeldLine;
import org.tradepost.common.contract.product.StockContract.Hold;
import org.tradepost.common.contract.product.StockContract.HoldStock;
import org.tradepost.common.contract.product.StockContract.Settle;
import org.tradepost.common.contract.product.StockContract.Settled;
import org.tradepost.common.contract.product.StockContract.Settlement;
import org.tradepost.common.json.WireJson;

class ProductContractTest {

  private static final UUID ID = UUID.randomUUID();
  private static final Money PRICE = new Money(1_999, "EUR");
  private static final Instant NOW = Instant.parse("2026-01-15T10:30:00.123456Z");

  static Stream<Record> records() {
    var product =
        new Product(
            ID, "MUG", "Mug", "", "mugs", PRICE, Map.of("a", "b"), "active", 5, 1, NOW, NOW);
    var entry = new LedgerEntry(ID, -2, "sold", ID, 3, NOW);
    var settlement = new Settlement(ID, Fate.PLACED);
    return Stream.of(
        product,
        new ProductPage(
            List.of(product),
            "next",
            true,
            new Facets(
                List.of(new CategoryCount("mugs", 2)), List.of(new PriceBand(0, 99, 2)), true)),
        new ListProducts("q", "mugs", "all", 1L, 2L, 3L, "-name", true, 20, "cursor"),
        new CreateProduct("MUG", "Mug", "", "mugs", PRICE, Map.of(), 5L),
        new OfProduct(ID),
        new ChangeProduct(
            ID, "*", new TextNode("Mug"), NullNode.instance, null, new IntNode(1), null, null),
        new ArchiveProduct(ID, "*"),
        new StockLevel(ID, 5, 2, 3),
        new AdjustStock(ID, "key", -1, "broken"),
        new ListLedger(ID, 20, "cursor"),
        entry,
        new LedgerPage(List.of(entry), null),
        new OfHold(ID),
        new OrderHold(ID, "HELD", NOW, null, List.of(new HeldPieces(ID, "MUG", "Mug", 2))),
        new HoldStock(ID, "f00d", List.of(new HoldStock.Line(ID, 2, PRICE))),
        new Hold(ID, NOW, List.of(new HeldLine(ID, "MUG", "Mug", 2, PRICE))),
        new Settle(List.of(settlement)),
        new Settled(List.of(ID)),
        new Resolve(List.of(ID)),
        new FindFinished(List.of(ID)),
        new Finished(List.of(ID)),
        new Resolved(List.of(settlement)));
  }

  @ParameterizedTest
  @MethodSource("records")
  void records_come_back_as_they_went(Record sent) {
    assertThat(WireJson.read(WireJson.write(sent), sent.getClass())).isEqualTo(sent);
  }
}
