// Collections by key, and those that are never loaded.
#include "claims.hpp"
#include "orm_library.hpp"
#include "orm_parts.hpp"

namespace azoth::conformance {

struct edition;
struct loan;
struct comment;
struct volume {
    std::int64_t id{};
    std::string title{};
    orm::many_map<std::string, edition> editions{};
    orm::write_only<loan> loans{};        // go with it
    orm::write_only<comment> comments{};  // stay
};
struct edition {
    std::int64_t id{};
    std::string language{};
    std::int64_t volume_id{};
};
struct fine;
struct loan {
    std::int64_t id{};
    std::int32_t days{};
    std::int64_t volume_id{};
    orm::many<fine> fines{};
};
struct fine {
    std::int64_t id{};
    std::int64_t loan_id{};
};
struct comment {
    std::int64_t id{};
    std::optional<std::int64_t> volume_id{};
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::volume> {
    using volume = azoth::conformance::volume;
    static azoth::table_map<volume> map() {
        using azoth::conformance::edition;
        return azoth::table_map<volume>(azoth::conformance::mapped_name("volume"))
            .column<&volume::id>(azoth::primary_key)
            .column<&volume::title>(azoth::string(40))
            .relation<&volume::editions>(azoth::orm::keyed_by<&edition::language>, azoth::orm::cascade_all_delete_orphan)
            .relation<&volume::loans>(azoth::orm::cascade_all_delete_orphan)
            .relation<&volume::comments>();
    }
};
template <>
struct azoth::mapping<azoth::conformance::edition> {
    using edition = azoth::conformance::edition;
    static azoth::table_map<edition> map() {
        return azoth::table_map<edition>(azoth::conformance::mapped_name("edition"))
            .column<&edition::id>(azoth::primary_key)
            .column<&edition::language>(azoth::string(8))
            .column<&edition::volume_id>(azoth::references<&azoth::conformance::volume::id>);
    }
};
template <>
struct azoth::mapping<azoth::conformance::loan> {
    using loan = azoth::conformance::loan;
    static azoth::table_map<loan> map() {
        return azoth::table_map<loan>(azoth::conformance::mapped_name("loan"))
            .column<&loan::id>(azoth::primary_key)
            .column<&loan::days>()
            .column<&loan::volume_id>(azoth::references<&azoth::conformance::volume::id>)
            .relation<&loan::fines>(azoth::orm::cascade_delete);
    }
};
template <>
struct azoth::mapping<azoth::conformance::fine> {
    using fine = azoth::conformance::fine;
    static azoth::table_map<fine> map() {
        return azoth::table_map<fine>(azoth::conformance::mapped_name("fine"))
            .column<&fine::id>(azoth::primary_key)
            .column<&fine::loan_id>(azoth::references<&azoth::conformance::loan::id>);
    }
};
template <>
struct azoth::mapping<azoth::conformance::comment> {
    using comment = azoth::conformance::comment;
    static azoth::table_map<comment> map() {
        return azoth::table_map<comment>(azoth::conformance::mapped_name("comment"))
            .column<&comment::id>(azoth::primary_key)
            .column<&comment::volume_id>(azoth::references<&azoth::conformance::volume::id>);
    }
};

namespace azoth::conformance {
namespace {

/// "Emma" in English and German, lent for 1 to 20 days, of which the first cost a fine; with a comment. "Persuasion", lent for 30 days.
orm::session stocked_shelf(context& on) {
    on.make(metadata_of<volume, edition, loan, fine, comment>());
    orm::session session{on.engine()};
    auto emma = session.add(volume{.title = "Emma"});
    auto persuasion = session.add(volume{.title = "Persuasion"});
    emma->editions = {make<edition>({.language = "en"}), make<edition>({.language = "de"})};
    auto first = make<loan>({.days = 1});
    first->fines = {make<fine>()};
    emma->loans.add(first);
    for (int days = 2; days <= 20; ++days) emma->loans.add(make<loan>({.days = days}));
    persuasion->loans.add(make<loan>({.days = 30}));
    emma->comments.add(make<comment>());
    session.commit();
    return orm::session{on.engine()};
}

ptr<volume> shelved(orm::session& in, const std::string& title) {
    return in.scalars(select<volume>().where(col<&volume::title> == title)).one();
}

void found_by_key(context& on) {
    orm::session session = stocked_shelf(on);
    auto emma = shelved(session, "Emma");
    const auto before = session.statement_count();
    CHECK(emma->editions.at("de")->volume_id == emma->id);
    CHECK_FALSE(emma->editions.contains("fr"));
    CHECK((*emma->editions.begin()).first == "de");
    CHECK(session.statement_count() == before + 1);
    emma->editions.at("en")->language = "la";
    CHECK(emma->editions.contains("la"));
    CHECK(emma->editions.erase("de"));
    emma->editions.insert(make<edition>({.language = "fr"}));
    session.commit();
    orm::session other{on.engine()};
    emma = shelved(other, "Emma");
    CHECK(emma->editions.size() == 2);
    CHECK(emma->editions.contains("fr"));
    CHECK(emma->editions.contains("la"));
    CHECK(rows_of<edition>(other) == 2);
}

void never_loaded(context& on) {
    orm::session session = stocked_shelf(on);
    auto emma = shelved(session, "Emma");
    const auto before = session.statement_count();
    const auto lent = make<loan>({.days = 25});
    emma->loans.add(lent);
    session.flush();
    CHECK(session.statement_count() == before + 1);
    const auto longest = emma->loans.select().order_by(col<&loan::days>.desc());
    CHECK(session.scalars(longest.limit(2)).all().front() == lent);
    CHECK(session.scalars(longest).size() == 21);
    CHECK(session.scalars(longest.where(col<&loan::days> > 18)).size() == 3);
    std::size_t streamed = 0;
    for (const auto& batch : session.stream(emma->loans.select(), 8)) streamed += batch.size();
    CHECK(streamed == 21);
}

void taken_out_unread(context& on) {
    orm::session session = stocked_shelf(on);
    auto emma = shelved(session, "Emma");
    emma->loans.remove(session.scalars(emma->loans.select().where(col<&loan::days> == 20)).one());
    const auto said = session.scalars(emma->comments.select()).one();
    emma->comments.remove(said);
    session.commit();
    CHECK(rows_of<loan>(session) == 20);
    CHECK(said->volume_id == std::nullopt);
    CHECK(session.scalars(emma->comments.select()).empty());
}

void removed_with_owner(context& on) {
    orm::session session = stocked_shelf(on);
    auto emma = shelved(session, "Emma");
    emma->editions = {};
    session.flush();
    const auto before = session.statement_count();
    session.remove(emma);
    session.flush();
    CHECK(session.statement_count() <= before + 5);  // fines, loans, comments, perhaps a look at the editions, and the volume
    CHECK(rows_of<loan>(session) == 1);
    CHECK(rows_of<fine>(session) == 0);
    CHECK(session.scalars(select<comment>()).one()->volume_id == std::nullopt);
    session.rollback();
    CHECK(rows_of<loan>(session) == 21);
    CHECK(rows_of<fine>(session) == 1);
}

}  // namespace

std::vector<test_case> areas::parts::orm_collections() {
    const claim keys = claims::inserted_keys;
    return {
        {"orm/collection-by-key", "objects of a collection are found by a member, in its order", keys, found_by_key},
        {"orm/write-only", "what is added to a collection is written without loading it, and queries ask for parts of it", keys,
         never_loaded},
        {"orm/write-only-taken-out", "what is taken out of a collection that is never loaded goes, or leads to nobody", keys,
         taken_out_unread},
        {"orm/write-only-owner-removed", "a collection goes with its owner by statements, with what refers to it", keys,
         removed_with_owner},
    };
}

}  // namespace azoth::conformance
