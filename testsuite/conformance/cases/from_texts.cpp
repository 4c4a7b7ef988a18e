#include "claims.hpp"
#include "company.hpp"
#include "from_parts.hpp"

#include <set>

namespace azoth::conformance::areas {
namespace {

/// A query as raw SQL of the database's own, so that cases need not know how it quotes.
std::string raw(const context& on, std::string_view condition = {}) {
    return on.engine().to_sql(select(worker_id, name, level)) + std::string{condition};
}

void typed_text(context& on) {
    connection c = staffed(on);
    const auto query =
        text(raw(on, " WHERE level > :least ORDER BY id")).bind("least", 2).columns<std::int64_t, std::string, std::int32_t>();
    CHECK(c.execute(query).all() ==
          std::vector<std::tuple<std::int64_t, std::string, std::int32_t>>{{1, "Ann", 5}, {2, "Bob", 3}, {3, "Cid", 3}});
}

void text_as_source(context& on) {
    connection c = staffed(on);
    const auto t = text(raw(on, " WHERE level > :least"))
                       .bind("least", 2)
                       .columns<std::int64_t, std::string, std::int32_t>({"id", "name", "level"})
                       .subquery("t");
    const auto [id, who, rank] = t.columns();
    CHECK(c.scalars(select(who).where(rank < 5).order_by(id)) == texts{"Bob", "Cid"});
    CHECK(c.scalars(select(name).join(t, id == worker_id).where(rank == 5)) == texts{"Ann"});
}

void text_as_expression(context& on) {
    connection c = staffed(on);
    const std::string sql = on.engine().to_sql(select(func::max(level)));
    CHECK(c.scalars(select(name).where(level == text(sql).columns<std::int32_t>().scalar())) == texts{"Ann"});
    const auto seniors = text(on.engine().to_sql(select(worker_id)) + " WHERE level > :least").bind("least", 2).columns<std::int64_t>();
    CHECK(c.scalars(select(name).where(worker_id.not_in(seniors))) == texts{"Dee"});
    CHECK(c.scalar(select(seniors.exists())) == true);
    CHECK(c.scalars(select(worker_id).where(level < 2).union_(seniors).order_by(worker_id)) == numbers{1, 2, 3, 4});
}

void text_lists(context& on) {
    connection c = staffed(on);
    const auto found = [&](std::string_view condition, const auto& list) {
        return c.scalars(text(raw(on, condition)).bind("list", list).template columns<std::int64_t, std::string, std::int32_t>());
    };
    CHECK(found(" WHERE id IN :list ORDER BY id", std::vector<std::int64_t>{4, 2}) == numbers{2, 4});
    CHECK(found(" WHERE id in (:list) ORDER BY id", std::vector<std::int64_t>{3}) == numbers{3});
    CHECK(found(" WHERE name NOT IN (:list) ORDER BY id", texts{"Ann", "Bob", "it's"}) == numbers{3, 4});
    CHECK(found(" WHERE id IN :list OR id = 1", std::vector<std::int64_t>{}) == numbers{1});
    CHECK(found(" WHERE name NOT IN :list AND id < 3 ORDER BY id", texts{}) == numbers{1, 2});
    std::vector<std::int64_t> many(std::min<std::size_t>(3'000, on.can().max_parameters));
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<std::int64_t>(i);
    CHECK(found(" WHERE id IN :list", many).size() == 4);
    CHECK(thrown<programming_error>([&] { return text("SELECT :x").bind("x", std::set<int>{1}); }).code() == errc::parameter);
}

void text_without_columns(context& on) {
    connection c = staffed(on);
    const auto query = text(raw(on));
    CHECK(thrown<programming_error>([&] { return query.columns<std::int64_t>({"a", "b"}); }).code() == errc::statement);
    CHECK(thrown<programming_error>([&] { return query.subquery("t"); }).code() == errc::statement);
}

}  // namespace

std::vector<test_case> from_parts::raw_queries() {
    return {
        {"from/text", "raw SQL has typed columns", {}, typed_text},
        {"from/text-as-source", "raw SQL is a source", {}, text_as_source},
        {"from/text-as-expression", "... a value, what IN looks in, what EXISTS asks, a part of a UNION", {}, text_as_expression},
        {"from/text-lists", "a container behind IN is a list, however long", {}, text_lists},
        {"from/text-without-columns", "raw SQL that says no columns is no source", {}, text_without_columns},
    };
}

}  // namespace azoth::conformance::areas
