#include "schema_property.hpp"

#include "shrink.hpp"

#include <azoth/dialect.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace properties {
namespace {

struct schema_problem : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string shown(const az::object_name& name) { return fmt::format("\"{}\"", az::to_string(name)); }

std::string told(const std::vector<az::schema_difference>& differences) {
    constexpr std::array<std::string_view, 3> words{"missing", "extra", "changed"};
    std::string all;
    for (const auto& d : differences)
        all += fmt::format("\n  {}: {} {}: {} -> {}", shown(d.of), words[static_cast<std::size_t>(d.kind)], d.what, d.before, d.after);
    return all;
}

void require_same(const az::schema_definition& wanted, const az::schema_definition& found, const schema_database& on,
                  std::string_view when) {
    const auto differences = az::compare(wanted, found, *on.place().rules, on.place().server,
                                         {.comments = on.place().can().comments, .constraint_names = true, .column_order = true});
    if (!differences.empty()) throw schema_problem{fmt::format("{}:{}", when, told(differences))};
}

/// A view's query is read back in the server's own words.
az::schema_definition with_views_of(az::schema_definition declared, const az::schema_definition& found) {
    for (auto& v : declared.views) {
        const auto same = std::ranges::find(found.views, v.name, &az::view_definition::name);
        if (same != found.views.end()) v.query = same->query;
    }
    return declared;
}

void require_empty(const schema_database& on, std::string_view when) {
    const az::schema_definition left = on.read();
    std::string names;
    for (const auto& t : left.tables) names += " the table " + shown(t->name());
    for (const auto& v : left.views) names += " the view " + shown(v.name);
    for (const auto& s : left.sequences) names += " the sequence " + shown(s.name);
    for (const auto& e : left.enums) names += " the enumeration " + shown(e.name);
    if (!names.empty()) throw schema_problem{fmt::format("{} there is still{}", when, names)};
}

az::metadata metadata_of(const az::schema_definition& all) {
    az::metadata made;
    for (const auto& t : all.tables) made.add(az::table{t});
    for (const auto& v : all.views) made.add(az::view{v});
    for (const auto& s : all.sequences) made.add(az::sequence{s});
    return made;
}

/// Whether each name has room on a server, and is another than the rest there. What has not is refused by name, which is right.
class name_fitter {
public:
    explicit name_fitter(const schema_place& on) noexcept : on_{on} {}

    bool fits(const az::schema_definition& all) {
        for (const auto& t : all.tables) {
            take(t->name());
            for (const auto& k : t->foreign_keys) {
                take({t->node->schema, k.name});
                if (on_.is_mysql() && !t->node->schema.empty() && k.referred_schema.empty()) fits_ = false;
            }
            for (const auto& u : t->uniques) take({t->node->schema, u.name});
            for (const auto& c : t->checks) take({t->node->schema, c.name});
            for (const auto& i : t->indexes) take({t->node->schema, i.name});
            for (const auto& c : t->node->columns) take({"columns of " + az::to_string(t->name()), c.name}, true);
        }
        for (const auto& v : all.views) take(v.name);
        for (const auto& s : all.sequences) take(s.name);
        for (const auto& e : all.enums) take(e.name);
        return fits_;
    }

private:
    void take(az::object_name name, bool is_column = false) {
        if (!on_.can().schemas && !is_column) name.schema.clear();
        const auto& rules = on_.rules->identifiers;
        if (name.name.size() > rules.max_length) fits_ = false;
        if (!names_.insert({name.schema, on_.tells_case() ? name.name : in_lower_case(name.name)}).second) fits_ = false;
    }

    const schema_place& on_;
    std::set<az::object_name> names_{};
    bool fits_{true};
};

std::string script_of(const az::metadata& all, const schema_place& on) {
    std::string script;
    for (const auto& s : az::create_statements(all.definition(), on.server, *on.rules)) {
        try {
            script += "\n" + az::to_sql(*s.node(), *on.rules, on.server) + ";";
        } catch (const az::error& e) {
            script += fmt::format("\n-- {}", e.what());
        }
    }
    return script;
}

az::metadata schema_of(const choices& from, const schema_place& on) {
    byte_source source{from};
    return schema_generator{source, on}.make();
}

}  // namespace

std::string schema_property::check(std::size_t database, const choices& from) {
    if (problem_of(database, from).empty()) return {};
    const choices smallest = shrink(from, [&](const choices& c) { return !problem_of(database, c).empty(); });
    const schema_place& on = databases_[database]->place();
    return fmt::format("{}: {}\n{}\n  bytes: {:02x}", on.server.server, problem_of(database, smallest),
                       script_of(schema_of(smallest, on), on), fmt::join(smallest, " "));
}

std::string schema_property::problem_of(std::size_t database, const choices& from) {
    schema_database& home = *databases_[database];
    std::string_view where = "home";
    try {
        const az::metadata declared = schema_of(from, home.place());
        az::schema_definition found;
        check_at_home(home, declared, found);
        tables_ += found.tables.size();
        for (const auto& there : databases_) {
            const bool is_other = there->place().family() != home.place().family();
            if (!is_other || !name_fitter{there->place()}.fits(found)) continue;
            where = there->place().server.server;
            check_elsewhere(home, found, *there);
            ++moved_;
        }
        return {};
    } catch (const std::exception& e) {
        for (const auto& d : databases_) d->clear();
        return fmt::format("at {}: {}", where, e.what());
    }
}

void schema_property::check_at_home(const schema_database& home, const az::metadata& declared, az::schema_definition& found) {
    declared.create_all(home.engine());
    found = home.read();
    require_same(with_views_of(declared.definition(), found), found, home, "read back");
    declared.create_all(home.engine(), az::check_first::yes);
    require_same(found, home.read(), home, "created on top");
    declared.drop_all(home.engine());
    require_empty(home, "dropped as declared,");

    home.run_script(az::create_statements(found, home.place().server, *home.place().rules));
    require_same(found, home.read(), home, "written as a script, and run");
    metadata_of(found).drop_all(home.engine());
    require_empty(home, "dropped as read,");
}

void schema_property::check_elsewhere(const schema_database& home, const az::schema_definition& found, const schema_database& there) {
    const az::portable_schema moved = az::portable_to(found, home.place().family(), there.place().server, there.place().family());
    const az::metadata all = metadata_of(moved.schema);
    all.create_all(there.engine());
    require_same(with_views_of(moved.schema, there.read()), there.read(), there, "moved");
    all.drop_all(there.engine());
    require_empty(there, "moved and dropped,");
}

}  // namespace properties
