// Sessions whose resolver chooses by key: objects of one struct in several databases.
#include "orm_support.hpp"

#include <memory>
#include <string>
#include <vector>

using namespace orm_tests;

namespace shards {

struct Note;
struct Topic;
struct Tenant {
    std::int64_t id{};
    std::string name{};
    int version{};
    orm::deferred<std::string> remark{};
    orm::many<Note> notes{};
    orm::many<Topic> topics{};
};
/// Begins with its tenant's key, as what goes with it should.
struct Note {
    std::int64_t tenant_id{};
    std::int32_t number{};
    std::string text{};
    orm::one<Tenant> tenant{};
};
struct Topic {
    std::string word{};
};
struct TenantTopic {
    std::int64_t tenant_id{};
    std::string word{};
};

}  // namespace shards

using namespace shards;

template <>
struct azoth::mapping<Tenant> {
    static az::table_map<Tenant> map() {
        return az::table_map<Tenant>("shards_tenant")
            .column<&Tenant::id>(az::primary_key, az::not_generated)
            .column<&Tenant::name>(az::string(40))
            .column<&Tenant::version>(orm::version_id)
            .column<&Tenant::remark>(az::string(40))
            .relation<&Tenant::notes>(orm::back_populates<&Note::tenant>, orm::order_by<&Note::number>, orm::cascade_all_delete_orphan)
            .relation<&Tenant::topics>(orm::via<&TenantTopic::tenant_id, &TenantTopic::word>, orm::order_by<&Topic::word>);
    }
};
template <>
struct azoth::mapping<Note> {
    static az::table_map<Note> map() {
        return az::table_map<Note>("shards_note")
            .column<&Note::tenant_id>(az::primary_key, az::references<&Tenant::id>)
            .column<&Note::number>(az::primary_key)
            .column<&Note::text>(az::string(40))
            .relation<&Note::tenant>();
    }
};
/// Each database has all of them.
template <>
struct azoth::mapping<Topic> {
    static az::table_map<Topic> map() { return az::table_map<Topic>("shards_topic").column<&Topic::word>(az::primary_key, az::string(20)); }
};
template <>
struct azoth::mapping<TenantTopic> {
    static az::table_map<TenantTopic> map() {
        return az::table_map<TenantTopic>("shards_tenant_topic")
            .column<&TenantTopic::tenant_id>(az::primary_key, az::references<&Tenant::id>)
            .column<&TenantTopic::word>(az::primary_key, az::string(20), az::references<&Topic::word>);
    }
};

namespace {

/// Tenants with odd keys in one database, those with even ones in the other.
class by_key final : public az::engine_resolver {
public:
    by_key(az::engine odd, az::engine even) : odd_{std::move(odd)}, even_{std::move(even)} {}
    [[nodiscard]] az::engine resolve(const az::engine_request& request) const override {
        if (request.key.empty() || request.table == "shards_topic") return odd_;
        return request.key.front().as<std::int64_t>() % 2 == 0 ? even_ : odd_;
    }

private:
    az::engine odd_;
    az::engine even_;
};

template <class Test>
void with_shards(Test&& test) {
    on_each_database<Tenant, Note, Topic, TenantTopic>([&](const az::engine& odd) {
        const tables_in<Tenant, Note, Topic, TenantTopic> even{"sqlite://"};
        for (const auto& shard : {odd, even.engine}) {
            orm::session session{shard};
            session.add(Topic{.word = "art"});
            session.commit();
        }
        const auto shards = std::make_shared<by_key>(odd, even.engine);
        {
            orm::session session{shards};
            const auto art = session.get<Topic>(std::string{"art"});
            for (std::int64_t id = 1; id <= 4; ++id) {
                auto tenant = session.add(Tenant{.id = id, .name = "t" + std::to_string(id), .remark = "r" + std::to_string(id)});
                for (std::int32_t n = 1; n <= 2; ++n) tenant->notes.push_back(orm::make<Note>({.number = n, .text = "note"}));
                tenant->topics.push_back(art);
            }
            session.commit();
        }
        test(shards, odd, even.engine);
    });
}

using keys = std::vector<std::int64_t>;
keys tenants_in(const az::engine& in) {
    auto connection = in.connect();
    return connection.scalars(az::select(az::col<&Tenant::id>).order_by(az::col<&Tenant::id>));
}
template <class T>
std::int64_t rows_in(const az::engine& in) {
    auto connection = in.connect();
    return connection.scalar(az::select(az::func::count()).select_from(az::entity<T>));
}

}  // namespace

TEST_CASE("orm shards: objects are written where their keys say, in one unit of work") {
    with_shards([](const auto& shards, const az::engine& odd, const az::engine& even) {
        CHECK(tenants_in(odd) == keys{1, 3});
        CHECK(tenants_in(even) == keys{2, 4});
        CHECK(rows_in<Note>(odd) == 4);
        CHECK(rows_in<Note>(even) == 4);
        CHECK(rows_in<TenantTopic>(odd) == 2);
        CHECK(rows_in<TenantTopic>(even) == 2);
        orm::session session{shards};
        for (std::int64_t id = 1; id <= 4; ++id) session.get<Tenant>(id)->name += "!";
        session.commit();
        orm::session other{even};
        CHECK(other.get<Tenant>(4)->name == "t4!");
        CHECK(other.get<Tenant>(4)->version == 2);
    });
}

TEST_CASE("orm shards: objects and what they lead to are read where their keys say") {
    with_shards([](const auto& shards, const az::engine&, const az::engine&) {
        orm::session session{shards};
        auto tenant = session.get<Tenant>(2);
        REQUIRE(tenant);
        CHECK(*tenant->remark == "r2");
        CHECK(tenant->notes.size() == 2);
        CHECK(tenant->topics.size() == 1);
        CHECK(session.get<Tenant>(7) == nullptr);
        auto note = session.get<Note>(4, 1);
        REQUIRE(note);
        CHECK(note->tenant->name == "t4");
        session.refresh(tenant);
        CHECK(tenant->name == "t2");
        CHECK(session.get<Tenant>(1)->notes.size() == 2);
    });
}

TEST_CASE("orm shards: what goes, goes from all databases, or from none") {
    with_shards([](const auto& shards, const az::engine& odd, const az::engine& even) {
        orm::session session{shards};
        for (std::int64_t id = 1; id <= 3; ++id) session.remove(session.get<Tenant>(id));
        session.flush();
        session.rollback();
        CHECK(tenants_in(odd) == keys{1, 3});
        CHECK(tenants_in(even) == keys{2, 4});
        for (std::int64_t id = 1; id <= 3; ++id) session.remove(session.get<Tenant>(id));
        session.commit();
        CHECK(tenants_in(odd).empty());
        CHECK(tenants_in(even) == keys{4});
        CHECK(rows_in<Note>(odd) == 0);
        CHECK(rows_in<Note>(even) == 2);
        CHECK(rows_in<TenantTopic>(even) == 1);
    });
}
