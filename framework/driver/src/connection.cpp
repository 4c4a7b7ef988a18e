#include <azoth/driver/connection.hpp>

#include "drain.hpp"
#include "multi_row_insert.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace azoth {

prepared_statement::~prepared_statement() = default;
driver_connection::~driver_connection() = default;

namespace detail {

void drain(cursor& results) {
    std::vector<cell> row;
    do {
        row.resize(results.columns().size());
        while (!row.empty() && results.fetch(row, 1) != 0) {}
    } while (results.next_result());
}

}  // namespace detail

namespace {

void run(driver_connection& on, const std::string& sql) {
    const auto results = detail::made(on.execute(sql, {}, {}), "execute()");
    detail::closing_cursor closing{*results};
    detail::drain(*results);
}

/// Whether so many items from here on are one statement with other parameters, as a flush of changes has them: preparing SQL takes longer
/// than many a statement runs. Where preparing costs a round trip, many have to come.
bool is_worth_preparing(std::span<const batch_item> items, std::size_t i, std::size_t least) {
    const auto same = items.subspan(i, std::min(least, items.size() - i));
    return same.size() == least && !items[i].parameters.empty() &&
           std::ranges::all_of(same, [&](const batch_item& item) { return item.sql == items[i].sql; });
}

std::size_t least_to_prepare(const driver_connection& of) {
    constexpr std::size_t many = 10;
    profile server;
    of.server_profile(server);
    return server.can.cheap_prepare ? 2 : many;
}

[[noreturn]] void refuse(const driver_connection& of, std::string_view what) {
    profile server;
    of.server_profile(server);
    throw_error(errc::not_supported, fmt::format("the driver {}+{} has no {}", server.dialect, server.driver, what));
}

}  // namespace

void driver_connection::execute_batch(std::span<const batch_item> items, const std::function<void(std::size_t, cursor&)>& each,
                                      const execute_options& options) {
    const auto hand_over = [&](std::size_t i, cursor& results) {
        detail::closing_cursor closing{results};
        if (each) each(i, results);
        else detail::drain(results);
    };
    const std::size_t least = items.size() < 2 ? 2 : least_to_prepare(*this);
    std::unique_ptr<prepared_statement> prepared;  // for as long as the SQL stays the same
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0 && items[i].sql != items[i - 1].sql) prepared.reset();
        if (!prepared && is_worth_preparing(items, i, least)) prepared = detail::made(prepare(items[i].sql), "prepare()");
        if (prepared) hand_over(i, prepared->execute(items[i].parameters, options));
        else hand_over(i, *detail::made(execute(items[i].sql, items[i].parameters, options), "execute()"));
    }
}

batch_result driver_connection::insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) {
    return detail::multi_row_insert{*this, plan, rows, returned, options}.run();
}

void driver_connection::savepoint(std::string_view name) { run(*this, fmt::format("SAVEPOINT {}", name)); }
void driver_connection::release_savepoint(std::string_view name) { run(*this, fmt::format("RELEASE SAVEPOINT {}", name)); }
void driver_connection::rollback_to_savepoint(std::string_view name) { run(*this, fmt::format("ROLLBACK TO SAVEPOINT {}", name)); }

void driver_connection::prepare_transaction(std::string_view) { refuse(*this, "two-phase commit"); }
void driver_connection::commit_prepared(std::string_view) { refuse(*this, "two-phase commit"); }
void driver_connection::rollback_prepared(std::string_view) { refuse(*this, "two-phase commit"); }

std::vector<std::string> driver_connection::prepared_transactions() { refuse(*this, "two-phase commit"); }

bool driver_connection::wait_for_notification(const deadline&, const stop_token&) { refuse(*this, "notifications"); }

void driver_connection::set_isolation(isolation_level) { refuse(*this, "isolation levels to choose from"); }
isolation_level driver_connection::isolation() const { refuse(*this, "isolation level to tell"); }
void driver_connection::set_read_only(bool) { refuse(*this, "read-only sessions"); }

}  // namespace azoth
