// ORDER BY: several keys, labels, NULLs.
#include "aggregates_parts.hpp"
#include "sales.hpp"

namespace azoth::conformance {
namespace {

using namespace sales;

void several_keys(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(id).order_by(id)) == "1, 2, 3, 4, 5, 6, 7, 8");
    CHECK(told(c, select(id).order_by(id.desc())) == "8, 7, 6, 5, 4, 3, 2, 1");
    CHECK(told(c, select(id).order_by(region.desc(), amount, id.desc())) == "8, 6, 4, 7, 3, 5, 2, 1");
    CHECK(told(c, select(id).order_by(price.desc(), id)) == "6, 4, 8, 2, 7, 3, 1, 5");
    CHECK(told(c, select(id).order_by(amount * -1, sold_on.desc(), id)) == "8, 6, 7, 3, 1, 2, 4, 5");
    CHECK(told(c, select(id).order_by(amount).order_by(id.desc())) == "5, 4, 2, 7, 3, 1, 8, 6");
    // A number that is written is a value like others, not a place in the result.
    CHECK(told(c, select(id).order_by(literal(1), id.desc())) == "8, 7, 6, 5, 4, 3, 2, 1");
    // Of two aliases the one that is said, though the expressions are alike.
    const auto a = alias<sale>("a");
    const auto b = alias<sale>("b");
    const auto more = bound(std::int64_t{1});
    const auto pairs = select((a[&sale::id] + more).label("x"), (b[&sale::id] + more).label("y"))
                           .where(a[&sale::id] < 3, b[&sale::id] + a[&sale::id] == 9);
    CHECK(told(c, pairs.order_by(b[&sale::id] + more)) == "3 8, 2 9");
}

void by_label(context& on) {
    connection c = stocked(on);
    const auto lx = (id + amount).label("lx");
    CHECK(told(c, select(lx).order_by(lx)) == "5, 6, 6, 6, 8, 12, 13, 15");
    CHECK(told(c, select(lx).order_by(label_ref("lx"))) == "5, 6, 6, 6, 8, 12, 13, 15");
    CHECK(told(c, select(id, lx).order_by(lx.desc(), label_ref("lx"), id)) == "8 15, 6 13, 7 12, 3 8, 1 6, 4 6, 5 6, 2 5");
    CHECK(told(c, select(lx).order_by(label_ref("lx").desc()).limit(2)) == "15, 13");
}

/// A label goes before a column of that name.
void by_label_like_a_column(context& on) {
    connection c = stocked(on);
    const auto hidden = (id * -1).label("amount");
    CHECK(told(c, select(hidden).where(id < 4).order_by(hidden)) == "-3, -2, -1");
    CHECK(told(c, select(hidden).where(id < 4).order_by(label_ref("amount").desc())) == "-1, -2, -3");
}

void by_composed_label(context& on) {
    connection c = stocked(on);
    const auto lx = (amount + 1).label("lx");
    CHECK(told(c, select(id, lx).order_by(lx + id, id)).starts_with("2 4, 1 6, 4 3"));
    CHECK(told(c, select(id, lx).order_by((lx + id).desc(), id)).starts_with("8 8, 6 8, 7 6"));
    const auto ly = (id * 10).label("ly");
    CHECK(told(c, select(lx, ly).order_by(lx - ly)).starts_with("8 80, 6 70"));
    CHECK(told(c, select(lx, ly).order_by(label_ref<std::int64_t>("lx") * 100 + label_ref<std::int64_t>("ly")))
              .starts_with("2 50, 3 40, 4 20, 6 10"));
}

void with_nulls(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(id).order_by(rating.asc(nulls_order::first), id)) == "2, 6, 7, 3, 4, 1, 8, 5");
    CHECK(told(c, select(id).order_by(rating.asc(nulls_order::last), id)) == "7, 3, 4, 1, 8, 5, 2, 6");
    CHECK(told(c, select(id).order_by(rating.desc(nulls_order::first), id)) == "2, 6, 5, 1, 8, 4, 3, 7");
    CHECK(told(c, select(id).order_by(rating.desc(nulls_order::last), id)) == "5, 1, 8, 4, 3, 7, 2, 6");
    CHECK(told(c, select(id).order_by(region, product.asc(nulls_order::last))) == "1, 5, 2, 3, 7, 4, 6, 8");
}

void with_nulls_of_labels(context& on) {
    connection c = stocked(on);
    const auto twice = (rating * 2.0).label("twice");
    CHECK(told(c, select(id, twice).order_by(twice.asc(nulls_order::last), id)) == "7 2, 3 5, 4 7, 1 8, 8 8, 5 10, 2 -, 6 -");
    CHECK(told(c, select(id, twice).order_by(label_ref("twice").desc(nulls_order::first), id)) ==
          "2 -, 6 -, 5 10, 1 8, 8 8, 4 7, 3 5, 7 2");
    CHECK(told(c, select(rating).where(id < 4).order_by(position(1).asc(nulls_order::last))) == "2.5, 4, -");
    CHECK(told(c, select(product, func::sum(amount).label("total")).group_by(product).order_by(product.asc(nulls_order::last))) ==
          "apple 11, fig 7, pear 8, - 9");
}

void unions_with_nulls(context& on) {
    connection c = stocked(on);
    const auto both = select(rating.label("r")).where(id < 4).union_all(select(rating).where(id > 6));
    CHECK(told(c, both.order_by(label_ref("r").asc(nulls_order::last))) == "1, 2.5, 4, 4, -");
    CHECK(told(c, both.order_by(label_ref("r").desc(nulls_order::first)).limit(2)) == "-, 4");
}

void of_unknown_label(context& on) {
    connection c = stocked(on);
    CHECK(thrown<programming_error>([&] { (void)told(c, select(id).order_by(label_ref("nowhere"))); }).code() == errc::statement);
}

}  // namespace

std::vector<test_case> areas::aggregates_parts::orders() {
    return {
        {"ordering/keys", "several keys, up and down, computed, of decimals and dates", {}, several_keys},
        {"ordering/label-plain", "by a label, up and down", {}, by_label},
        {"ordering/label-like-a-column", "a label that is called as a column is", {}, by_label_like_a_column},
        {"ordering/label-composed", "by expressions of labels", {}, by_composed_label},
        {"ordering/nulls", "NULLs first and last, up and down", {}, with_nulls},
        {"ordering/nulls-of-labels", "... of labels and groups", {}, with_nulls_of_labels},
        {"ordering/nulls-in-unions", "... of a union", {}, unions_with_nulls},
        {"ordering/unknown-label", "a label that the query does not have is refused before it is sent", {}, of_unknown_label},
    };
}

}  // namespace azoth::conformance
