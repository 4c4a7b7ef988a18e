// records: nothing is lost. What is removed is only marked (soft deletion), and a trail says who has changed what.
#include "audit_trail.hpp"
#include "soft_delete.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

namespace az = azoth;
using az::col;

namespace {

constexpr auto usage =
    "usage: records URL\n"
    "\n"
    "Shows soft deletion and an audit trail in the database that URL names, such as sqlite:///records.db. The\n"
    "tables records_shelf, records_item and records_entry are dropped and made anew.\n";

constexpr az::date today = std::chrono::sys_days{std::chrono::November / 26 / 2026};

/// A session of somebody's: what it does is on the record.
orm::session session_of(const az::engine& engine, const std::string& who) {
    auto events = std::make_shared<orm::session_events>();
    keep_removed<&Item::gone_since, Item>(*events, today);
    keep_trail(*events, who);
    return orm::session{engine, {.events = std::move(events)}};
}

void print_items(orm::session& session, const char* title) {
    fmt::print("{}\n", title);
    const auto living = without_marked<&Item::gone_since, Item>();
    for (const auto& shelf : session.scalars(az::select<Shelf>().options(living)))
        for (const auto& item : shelf->items) fmt::print("  {}: {} for {}\n", shelf->label, item->name, item->price_cents);
    session.expunge_all();  // what has been loaded was not all there is
}

void stock_up(const az::engine& engine) {
    auto session = session_of(engine, "ada");
    const auto shelf = session.add(Shelf{.label = "kitchen"});
    shelf->items = {az::make<Item>({.name = "knife", .price_cents = 1'800}), az::make<Item>({.name = "pan", .price_cents = 2'450})};
    session.commit();
}

az::ptr<Item> find(orm::session& session, const char* name) {
    return session.scalars(az::select<Item>().where(col<&Item::name> == name)).one();
}

void work(const az::engine& engine) {
    stock_up(engine);
    auto session = session_of(engine, "emmy");
    find(session, "pan")->price_cents = 2'600;
    session.remove(find(session, "knife"));
    session.commit();
    print_items(session, "the knife has gone:");

    find(session, "pan")->price_cents = 1;
    session.flush();
    session.rollback();  // and there is no entry of it

    find(session, "knife")->gone_since.reset();
    session.commit();
    print_items(session, "the knife is back:");

    session.remove(find(session, "pan"));
    session.commit();
    // Rows that are marked can be deleted for good by a statement, of which no handler is told.
    const auto done = session.execute(az::delete_<Item>().where(col<&Item::gone_since>.is_not_null()));
    session.commit();
    fmt::print("deleted for good: {}\n", done.affected_rows());
    print_items(session, "at the end:");

    fmt::print("the trail:\n");
    for (const auto& entry : session.scalars(az::select<Entry>().order_by(col<&Entry::id>)))
        fmt::print("  {} has {}\n", entry->who, entry->what);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string first = argc > 1 ? argv[1] : "";
    if (argc != 2 || first.starts_with('-')) {
        fmt::print(first == "--help" || first == "-h" ? stdout : stderr, usage);
        return first == "--help" || first == "-h" ? 0 : 2;
    }
    try {
        const auto engine = az::create_engine(first);
        const auto tables = az::metadata_of<Shelf, Item, Entry>();
        tables.drop_all(engine);
        tables.create_all(engine);
        work(engine);
        return 0;
    } catch (const std::exception& e) {
        fmt::print(stderr, "records: {}\n", e.what());
        return 1;
    }
}
