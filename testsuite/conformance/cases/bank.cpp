#include "bank.hpp"

#include "expect.hpp"

#include <fmt/format.h>

#include <bit>

namespace azoth::conformance {

bank::bank(context& on)
    : on_{&on},
      accounts_{on.make_table("account", {column("id", type_kind::big_integer, primary_key, not_generated),
                                          column("balance", type_kind::big_integer, not_null)})},
      id_{accounts_.column<std::int64_t>("id")},
      balance_{accounts_.column<std::int64_t>("balance")} {
    on.engine().begin([&](connection& c) {
        open(c, 1, 100);
        open(c, 2, 100);
    });
}

insert_statement<dynamic_row> bank::opening(std::int64_t id, std::int64_t balance) const {
    return insert(accounts_).set(id_, id).set(balance_, balance);
}

update_statement<> bank::adding(std::int64_t id, std::int64_t amount) const {
    return update(accounts_).set(balance_, balance_ + amount).where(id_ == id);
}

select_statement<std::int64_t> bank::ids() const { return select(id_).order_by(id_); }

void bank::set(connection& in, std::int64_t id, std::int64_t balance) const {
    (void)in.execute(update(accounts_).set(balance_, balance).where(id_ == id));
}

std::int64_t bank::balance(connection& in, std::int64_t id) const { return in.scalar(select(balance_).where(id_ == id)); }

std::string bank::content(connection& in) const {
    std::string all;
    for (const auto& [id, balance] : in.execute(select(id_, balance_).order_by(id_)))
        all += fmt::format("{}{}:{}", all.empty() ? "" : " ", id, balance);
    return all;
}

std::string bank::view_of(connection& reader) const {
    const auto others = reader.server_profile().can.isolation_levels & ~bit(isolation_level::autocommit);
    if (std::popcount(others) < 2) return {};
    needs_more_connections(*on_);
    const std::int64_t before = balance(reader, 2);
    const auto kept_out = failure_of([&] {
        on_->engine().begin([&](connection& c) { (void)c.execute(adding(2, 1), arguments{}, within(std::chrono::milliseconds{400})); });
    });
    const std::int64_t after = balance(reader, 2);
    reader.rollback();
    return kept_out ? "keeps it out" : after == before ? "does not see it" : "sees it";
}

std::string bank::seen() const {
    needs_more_connections(*on_);
    connection other = on_->connect();
    return content(other);
}

}  // namespace azoth::conformance
