// Schemas that become others: made, filled, changed, and compared with what they were to become, there and back again.
#include "claims.hpp"
#include "claims_schema.hpp"
#include "ddl_parts.hpp"
#include "expect.hpp"
#include "schema_pairs.hpp"
#include "schema_parts.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace azoth::conformance::areas::ddl_parts {
namespace {

using schema_pairs::schema_pair;

/// What of the schema this server can have.
metadata fitted(context& on, const metadata& all) {
    metadata made;
    on.engine().with_executor([&](executor& e) {
        const std::string_view family = e.rules().family_of(e.server_profile().dialect);
        const schema_definition fits = portable_to(all.definition(), family, e.server_profile(), family).schema;
        for (const auto& t : fits.tables) made.add(table{t});
        for (const auto& s : fits.sequences) made.add(sequence{s});
        for (const auto& v : fits.views) made.add(view{v});
    });
    return made;
}

/// What is not the case's own is none of its business.
schema_definition read_own(context& on, const schema_pair& p) {
    std::set<std::string> names;
    const auto note = [&](const object_name& n) { names.insert(n.name); };
    for (const auto* all : {&p.first, &p.second}) {
        for (const auto& t : all->definition().tables) note(t->name());
        for (const auto& v : all->definition().views) note(v.name);
        for (const auto& s : all->definition().sequences) note(s.name);
        for (const auto& e : all->definition().enums) note(e.name);
    }
    schema_definition found = schema_parts::read(on, {.names = {names.begin(), names.end()}});
    const auto is_strange = [&](const object_name& n) { return !names.contains(n.name); };
    std::erase_if(found.sequences, [&](const auto& s) { return is_strange(s.name); });
    std::erase_if(found.enums, [&](const auto& e) { return is_strange(e.name); });
    return found;
}

/// Tables, sequences and enumerations: a view's query comes back in the database's own words.
schema_definition without_views(schema_definition all) {
    all.views.clear();
    return all;
}

/// The values of the columns that are in both schemas, of the same kind, in the order of their rows.
std::map<std::string, std::vector<value>> kept_values(context& on, const metadata& from, const metadata& to) {
    std::map<std::string, std::vector<value>> kept;
    connection c = on.engine_with({}).connect();  // one that has prepared nothing of what the tables were
    for (const auto& t : from.definition().tables) {
        const auto& others = to.definition().tables;
        const auto other = std::ranges::find_if(others, [&](const table_ptr& o) { return o->name() == t->name(); });
        if (other == others.end()) continue;
        const table here{t};
        for (std::size_t i = 0; i < t->details.size(); ++i) {
            const column_spec& spec = t->node->columns[i];
            const auto& specs = (*other)->node->columns;
            const auto same = std::ranges::find(specs, spec.name, &column_spec::name);
            if (same == specs.end() || same->type.kind != spec.type.kind || same->type.scale != spec.type.scale) continue;
            if (t->details[i].computed || (*other)->details[static_cast<std::size_t>(same - specs.begin())].computed) continue;
            kept[t->node->name + '.' + spec.name] = c.scalars(select(here[spec.name]).order_by(here["id"]));
        }
    }
    return kept;
}

void become(context& on, const schema_pair& p, const metadata& from, const metadata& to) {
    const auto before = kept_values(on, from, to);
    const schema_definition found = read_own(on, p);
    schema_changes changes;
    std::string script;
    on.engine().with_executor([&](executor& e) {
        changes = changes_between(found, to.definition(), e.rules(), e.server_profile());
        script = script_of(changes, e.rules(), e.server_profile());
    });
    INFO(script);
    CHECK(changes.impossible.empty());
    apply_changes(on.engine(), changes);
    const schema_definition made = read_own(on, p);
    std::string left;
    on.engine().with_executor([&](executor& e) {
        for (const auto& d : compare(without_views(to.definition()), without_views(made), e.rules(), e.server_profile(),
                                     {.comments = e.server_profile().can.comments}))
            left += fmt::format("{}: {}: {} -> {}\n", d.of.name, d.what, d.before, d.after);
    });
    CAPTURE(left);
    CHECK(left.empty());
    CHECK(made.views.size() == to.definition().views.size());
    CHECK((kept_values(on, to, from) == before));
}

/// Drops what is left of the second schema where a case ends half-way.
class dropped_at_end {
public:
    dropped_at_end(const metadata& what, const engine& in) : what_{what}, in_{in} {}
    dropped_at_end(const dropped_at_end&) = delete;
    dropped_at_end& operator=(const dropped_at_end&) = delete;
    ~dropped_at_end() {
        try {
            what_.drop_all(in_);
        } catch (const error&) {  // the case has failed before
        }
    }

private:
    const metadata& what_;
    const engine& in_;
};

template <auto Make>
void there_and_back(context& on) {
    schema_pair p = Make(on);
    p.first = fitted(on, p.first);
    p.second = fitted(on, p.second);
    on.make(p.first);
    const dropped_at_end cleaner{p.second, on.engine()};
    connection c = on.connect();
    p.fill(c);
    c.commit();
    become(on, p, p.first, p.second);
    become(on, p, p.second, p.first);
}

}  // namespace

std::vector<test_case> changes() {
    namespace pairs = schema_pairs;
    return {
        {"ddl/changes-nothing", "a schema that is what it should be needs no change", {}, there_and_back<pairs::nothing>},
        {"ddl/changes-columns", "columns come and go", {}, there_and_back<pairs::columns>},
        {"ddl/changes-types", "columns become wider and narrower", claims::changed_columns, there_and_back<pairs::types>},
        {"ddl/changes-conversions", "columns become another family of types", claims::changed_columns, there_and_back<pairs::conversions>},
        {"ddl/changes-defaults", "defaults and NOT NULL come and go", claims::changed_columns, there_and_back<pairs::defaults>},
        {"ddl/changes-constraints", "unique constraints and checks come and go", {}, there_and_back<pairs::constraints>},
        {"ddl/changes-indexes", "indexes come, go and become others", claims::changed_indexes, there_and_back<pairs::indexes>},
        {"ddl/changes-primary-keys", "primary keys get and lose columns", {}, there_and_back<pairs::primary_keys>},
        {"ddl/changes-numbered-keys", "the database numbers the rows, or the program", claims::changed_columns,
         there_and_back<pairs::numbered_keys>},
        {"ddl/changes-numbered-otherwise",
         "the database numbers the rows by other options, or always",
         {},
         there_and_back<pairs::numbered_otherwise>},
        {"ddl/changes-foreign-keys", "foreign keys come, go and do otherwise", {}, there_and_back<pairs::foreign_keys>},
        {"ddl/changes-referred-types", "a key and what refers to it become another type", claims::changed_columns,
         there_and_back<pairs::referred_types>},
        {"ddl/changes-tables", "tables that refer to each other come and go", {}, there_and_back<pairs::tables>},
        {"ddl/changes-beneath-views", "a view stays where columns beneath it change", claims::changed_columns,
         there_and_back<pairs::beneath_views>},
        {"ddl/changes-computed-columns", "columns are computed otherwise", claims::changed_columns,
         there_and_back<pairs::computed_columns>},
        {"ddl/changes-enumerations", "enumerations get and lose labels", claims::changed_columns, there_and_back<pairs::enumerations>},
        {"ddl/changes-sequences", "sequences come, go and count otherwise", claims::changed_sequences, there_and_back<pairs::sequences>},
        {"ddl/changes-comments", "comments come, go and say something else", {}, there_and_back<pairs::comments>},
        {"ddl/changes-odd-names", "names with blanks and quotes, and all at once", claims::changed_columns,
         there_and_back<pairs::odd_names>},
    };
}

}  // namespace azoth::conformance::areas::ddl_parts
