#include "claims.hpp"
#include "expect.hpp"
#include "parts.hpp"

#include <fmt/format.h>

namespace azoth::conformance::kennel {

struct keeper {
    std::int64_t id{};
    std::string name{};
};
struct pet {
    std::int64_t id{};
    std::int64_t keeper_id{};
    std::int32_t legs{};
};

}  // namespace azoth::conformance::kennel

template <>
struct azoth::mapping<azoth::conformance::kennel::keeper> {
    using row = azoth::conformance::kennel::keeper;
    static azoth::table_map<row> map() {
        return azoth::table_map<row>(azoth::conformance::mapped_name("keeper"))
            .column<&row::id>(azoth::primary_key, azoth::not_generated)
            .column<&row::name>(azoth::string(40))
            .unique<&row::name>(azoth::conformance::mapped_name("only_name"));
    }
};
template <>
struct azoth::mapping<azoth::conformance::kennel::pet> {
    using row = azoth::conformance::kennel::pet;
    static azoth::table_map<row> map() {
        return azoth::table_map<row>(azoth::conformance::mapped_name("pet"))
            .column<&row::id>(azoth::primary_key, azoth::not_generated)
            .column<&row::keeper_id>(azoth::references<&azoth::conformance::kennel::keeper::id>)
            .column<&row::legs>()
            .check(azoth::conformance::mapped_name("some_legs"), "legs >= 0");
    }
};

namespace azoth::conformance {
namespace {

using kennel::keeper;
using kennel::pet;

template <class T>
const table_definition& definition_of() {
    return mapped_table_of<T>().definition;
}

/// Keeper 1, Ada, has pet 1.
class home {
public:
    explicit home(context& on) : c_{(make(on), on.connect())} {
        (void)c_.execute(insert<keeper>().values({.id = 1, .name = "Ada"}));
        (void)c_.execute(insert<pet>().values({.id = 1, .keeper_id = 1, .legs = 4}));
        c_.commit();
    }
    unique_violation take_name() {
        return violation<unique_violation>([&] { (void)c_.execute(insert<keeper>().values({.id = 2, .name = "Ada"})); });
    }
    unique_violation take_name_among_others() {
        const std::vector<keeper> several{{.id = 2, .name = "Bo"}, {.id = 3, .name = "Ada"}, {.id = 4, .name = "Cy"}};
        return violation<unique_violation>([&] { (void)c_.execute(insert<keeper>(), several); });
    }
    unique_violation take_key() {
        return violation<unique_violation>([&] { (void)c_.execute(insert<keeper>().values({.id = 1, .name = "Bo"})); });
    }
    foreign_key_violation add_stray() {
        return violation<foreign_key_violation>([&] { (void)c_.execute(insert<pet>().values({.id = 2, .keeper_id = 9, .legs = 4})); });
    }
    foreign_key_violation leave_pet() {
        return violation<foreign_key_violation>([&] { (void)c_.execute(delete_<keeper>()); });
    }
    not_null_violation forget_name() {
        const std::string sql = fmt::format("UPDATE {} SET name = NULL", definition_of<keeper>().node->name);
        return violation<not_null_violation>([&] { run(c_, sql); });
    }
    check_violation lose_legs() {
        return violation<check_violation>([&] { (void)c_.execute(update<pet>().set(col<&pet::legs>, -1)); });
    }
    [[nodiscard]] bool is_unchanged() {
        const auto who = c_.execute(select<keeper>()).all();
        const auto what = c_.execute(select(col<&pet::legs>)).scalars();
        return who.size() == 1 && std::get<0>(who[0]).name == "Ada" && what == std::vector<std::int32_t>{4};
    }

private:
    static void make(context& on) { on.make(metadata_of<keeper, pet>()); }
    template <class E, class F>
    E violation(F&& work) {
        E e = thrown<E>(work);
        c_.rollback();
        return e;
    }
    connection c_;
};

/// What every violation has in common.
void check_violated(const error& e, errc code, std::string_view table) {
    CHECK(e.code() == code);
    CHECK_FALSE(e.is_retryable());
    CHECK_FALSE(e.is_disconnect());
    CHECK(contains_name(e.statement(), table));
    CHECK(e.sqlstate().substr(0, 2) == "23");
    CHECK(e.sqlstate().size() == 5);
}

void unique(context& on) {
    home h{on};
    const auto e = h.take_name();
    check_violated(e, errc::unique_violation, definition_of<keeper>().node->name);
    CHECK(contains(e.parameters(), "Ada"));
    CHECK(h.is_unchanged());
}

void primary_key_is_unique(context& on) {
    home h{on};
    check_violated(h.take_key(), errc::unique_violation, definition_of<keeper>().node->name);
    CHECK(h.is_unchanged());
}

void foreign_key_of_child(context& on) {
    home h{on};
    check_violated(h.add_stray(), errc::foreign_key_violation, definition_of<pet>().node->name);
    CHECK(h.is_unchanged());
}

void foreign_key_of_parent(context& on) {
    home h{on};
    check_violated(h.leave_pet(), errc::foreign_key_violation, definition_of<keeper>().node->name);
    CHECK(h.is_unchanged());
}

void missing_value(context& on) {
    home h{on};
    check_violated(h.forget_name(), errc::not_null_violation, definition_of<keeper>().node->name);
    CHECK(h.is_unchanged());
}

void broken_check(context& on) {
    home h{on};
    check_violated(h.lose_legs(), errc::check_violation, definition_of<pet>().node->name);
    CHECK(h.is_unchanged());
}

/// A constraint's name as the database has room for it.
std::string fitted(context& on, const std::string& name) {
    const std::size_t most = on.engine().dialect().rules().identifiers.max_length;
    return name.size() <= most ? name : short_name(name, most);
}
void names_unique(context& on) { CHECK(home{on}.take_name().constraint() == fitted(on, definition_of<keeper>().uniques.at(0).name)); }
void names_foreign_key(context& on) {
    home h{on};
    const std::string name = fitted(on, definition_of<pet>().foreign_keys.at(0).name);
    CHECK(h.add_stray().constraint() == name);
    CHECK(h.leave_pet().constraint() == name);
}
void names_column(context& on) {
    const auto e = home{on}.forget_name();
    CHECK((e.constraint() == "name" || e.constraint().ends_with(".name")));
}
void names_check(context& on) { CHECK(home{on}.lose_legs().constraint() == definition_of<pet>().checks.at(0).name); }

void all_are_integrity_errors(context& on) {
    home h{on};
    const std::vector<std::shared_ptr<const error>> all{
        std::make_shared<unique_violation>(h.take_name()), std::make_shared<foreign_key_violation>(h.add_stray()),
        std::make_shared<not_null_violation>(h.forget_name()), std::make_shared<check_violation>(h.lose_legs())};
    for (const auto& e : all) CHECK(dynamic_cast<const integrity_error*>(e.get()) != nullptr);
    CHECK(h.is_unchanged());
}

/// Drivers prepare what runs often, and hear of its failure in another way.
void repeated(context& on) {
    home h{on};
    for (int i = 0; i < 5; ++i) {
        CHECK(h.take_name().code() == errc::unique_violation);
        CHECK(h.lose_legs().code() == errc::check_violation);
        CHECK(h.add_stray().code() == errc::foreign_key_violation);
    }
    CHECK(h.is_unchanged());
}

void of_a_batch(context& on) {
    home h{on};
    check_violated(h.take_name_among_others(), errc::unique_violation, definition_of<keeper>().node->name);
    CHECK(h.is_unchanged());
}

}  // namespace

std::vector<test_case> areas::parts::constraints() {
    return {
        {"errors/unique", "a second row with a unique value: unique_violation", {}, unique},
        {"errors/primary-key", "a second row with the same key: unique_violation", {}, primary_key_is_unique},
        {"errors/foreign-key-child", "a row that refers to nothing: foreign_key_violation", {}, foreign_key_of_child},
        {"errors/foreign-key-parent", "deleting what is referred to: foreign_key_violation", {}, foreign_key_of_parent},
        {"errors/not-null", "NULL where none may be: not_null_violation", {}, missing_value},
        {"errors/check", "a row that breaks a check: check_violation", {}, broken_check},
        {"errors/unique-name", "unique_violation names its constraint", claims::names_unique_constraint, names_unique},
        {"errors/foreign-key-name", "foreign_key_violation names its constraint, from both ends", claims::names_foreign_key,
         names_foreign_key},
        {"errors/not-null-name", "not_null_violation names its column", claims::names_not_null_column, names_column},
        {"errors/check-name", "check_violation names its constraint", claims::names_check_constraint, names_check},
        {"errors/integrity", "all kinds of violations are integrity errors", {}, all_are_integrity_errors},
        {"errors/violation-repeated", "the fifth violation is classified as the first", {}, repeated},
        {"errors/violation-in-batch", "a violation in a batch is classified as that of one row", {}, of_a_batch},
    };
}

}  // namespace azoth::conformance
