// Relations of very many objects, loaded by few statements.
#include "orm_support.hpp"

using namespace orm_tests;

namespace many_keys {
struct Leaf;
struct Branch {
    std::int64_t id{};
    std::string name{};
    orm::many<Leaf> leaves{};
};
struct Leaf {
    std::int64_t id{};
    std::optional<std::int64_t> branch_id{};
    orm::one<Branch> branch{};
};
}  // namespace many_keys

using namespace many_keys;

template <>
struct azoth::mapping<Branch> {
    static az::table_map<Branch> map() {
        return az::table_map<Branch>("many_keys_branch")
            .column<&Branch::id>(az::primary_key, az::not_generated)
            .column<&Branch::name>()
            .relation<&Branch::leaves>(orm::back_populates<&Leaf::branch>);
    }
};
template <>
struct azoth::mapping<Leaf> {
    static az::table_map<Leaf> map() {
        return az::table_map<Leaf>("many_keys_leaf")
            .column<&Leaf::id>(az::primary_key)
            .column<&Leaf::branch_id>(az::references<&Branch::id>)
            .relation<&Leaf::branch>();
    }
};

namespace {

/// Branches with these keys, each with a leaf more than the one before it, up to two; and a leaf of none.
void plant(const az::engine& engine, const std::vector<std::int64_t>& keys) {
    std::vector<Branch> branches(keys.size());
    std::vector<Leaf> leaves(1);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        branches[i].id = keys[i];
        for (std::size_t leaf = 0; leaf < i % 3; ++leaf) leaves.emplace_back().branch_id = keys[i];
    }
    engine.begin([&](az::connection& c) {
        c.execute(az::insert<Branch>(), branches);
        c.execute(az::insert<Leaf>(), leaves);
    });
}

std::vector<std::int64_t> run_of(std::int64_t first, std::int64_t last) {
    std::vector<std::int64_t> keys;
    for (; first <= last; ++first) keys.push_back(first);
    return keys;
}

/// Each branch has its own leaves; `statements`: for branches and leaves.
void check_leaves(const az::engine& engine, const std::vector<std::int64_t>& keys, std::size_t statements) {
    orm::session session{engine};
    const auto query = az::select<Branch>().where(az::col<&Branch::id>.in(keys)).order_by(az::col<&Branch::id>);
    const auto found = session.scalars(query.options(orm::selectinload<&Branch::leaves>));
    REQUIRE(found.size() == keys.size());
    CHECK(session.statement_count() == statements);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        CAPTURE(keys[i]);
        REQUIRE(found[i]->leaves.size() == i % 3);
        for (const auto& leaf : found[i]->leaves) REQUIRE(leaf->branch == found[i]);
    }
    CHECK(session.statement_count() == statements);
}

}  // namespace

TEST_CASE("orm: relations of objects whose keys are runs of integers, with gaps, below zero and alone") {
    on_each_database<Leaf, Branch>([](const az::engine& engine) {
        auto keys = run_of(-150, -1);
        const auto more = run_of(7, 256);
        keys.insert(keys.end(), more.begin(), more.end());
        plant(engine, keys);
        check_leaves(engine, keys, 2);
        // What lies in a gap, or beside a run, is no concern of those that were asked for.
        orm::session session{engine};
        std::vector<std::int64_t> few = run_of(7, 110);
        (void)session.scalars(az::select<Branch>().where(az::col<&Branch::id>.in(few)).options(orm::selectinload<&Branch::leaves>));
        CHECK(session.scalars(az::select<Leaf>()).size() == 400);
    });
}

TEST_CASE("orm: relations of objects with scattered keys") {
    on_each_database<Leaf, Branch>([](const az::engine& engine) {
        std::vector<std::int64_t> keys;
        for (std::int64_t k = 0; k < 400; ++k) keys.push_back(k * k);
        plant(engine, keys);
        check_leaves(engine, keys, 2);
        orm::session session{engine};
        const auto leaves = session.scalars(az::select<Leaf>().order_by(az::col<&Leaf::id>).options(orm::selectinload<&Leaf::branch>));
        for (const auto& leaf : leaves) REQUIRE((leaf->branch ? std::optional{leaf->branch->id} : std::nullopt) == leaf->branch_id);
        CHECK(session.statement_count() == 2);
    });
}

TEST_CASE("orm: one statement loads a relation of 12,000 objects") {
    const tables_in<Leaf, Branch> tables{"sqlite://"};
    const auto keys = run_of(1, 12'000);
    plant(tables.engine, keys);
    orm::session session{tables.engine};
    const auto found = session.scalars(az::select<Branch>().order_by(az::col<&Branch::id>).options(orm::selectinload<&Branch::leaves>));
    REQUIRE(found.size() == keys.size());
    std::size_t leaves = 0;
    for (const auto& b : found) leaves += b->leaves.size();
    CHECK(leaves == keys.size());
    CHECK(session.statement_count() == 2);
}
