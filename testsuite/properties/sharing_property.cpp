#include "sharing_property.hpp"

#include "statement_generator.hpp"

#include <azoth/dialect.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace properties {
namespace {

struct target {
    std::shared_ptr<const az::dialect> dialect;
    az::profile server;
};

const std::vector<target>& targets() {
    static const std::vector<target> all = [] {
        std::vector<target> made;
        for (const auto* name : {"sqlite", "postgresql", "mariadb", "mysql"}) {
            target t{az::dialect_registry::instance().find(name), {}};
            t.dialect->default_profile(t.server);
            made.push_back(std::move(t));
        }
        return made;
    }();
    return all;
}

/// Null where it does not make sense: a column without a name and the like.
az::node_ptr build(const choices& from, unsigned salt) {
    byte_source source{from};
    try {
        return statement_generator{source, salt}.make();
    } catch (const az::error&) {
        return {};
    }
}

struct outcome {
    std::optional<az::compiled_statement> made{};
    std::string refusal{};
};

outcome compile(const az::node& statement, const target& t) {
    outcome o;
    try {
        o.made = az::compiler{t.dialect->rules(), t.server}.run(statement);
    } catch (const az::error& e) {
        o.refusal = e.what();
    }
    return o;
}

std::string text_of(const az::compiled_statement& c) {
    std::string text;
    for (const auto& piece : c.pieces) text += (text.empty() ? "" : "?") + piece;
    return text;
}

std::string difference(const az::compiled_statement& a, const az::compiled_statement& b) {
    if (a.sql != b.sql || a.pieces != b.pieces) return "SQL";
    if (a.kind != b.kind || a.returns_rows != b.returns_rows || a.batch.has_value() != b.batch.has_value()) return "kind";
    if (a.parameters.size() != b.parameters.size() || a.columns.size() != b.columns.size()) return "number of parameters or columns";
    for (std::size_t i = 0; i < a.parameters.size(); ++i) {
        const auto& p = a.parameters[i];
        const auto& q = b.parameters[i];
        if (p.bind != q.bind || !(p.type == q.type) || p.stored != q.stored || p.is_list != q.is_list || p.negated != q.negated)
            return fmt::format("parameter {}", i + 1);
    }
    for (std::size_t i = 0; i < a.columns.size(); ++i)
        if (a.columns[i].name != b.columns[i].name || !(a.columns[i].type == b.columns[i].type)) return fmt::format("column {}", i + 1);
    return {};
}

std::string compare(const outcome& kept, const outcome& other) {
    if (kept.made.has_value() != other.made.has_value())
        return fmt::format("they share SQL, but only one compiles: {}", kept.made ? other.refusal : kept.refusal);
    if (!kept.made) return {};
    const std::string what = difference(*kept.made, *other.made);
    if (what.empty()) return {};
    return fmt::format("they share SQL, and differ in {}:\n  {}\n  {}", what, text_of(*kept.made), text_of(*other.made));
}

/// A statement as the cache keeps it, compiled for each target.
class kept_statement {
public:
    explicit kept_statement(az::node_ptr of) : node_{std::move(of)} {
        for (const target& t : targets()) outcomes_.push_back(compile(*node_, t));
    }
    [[nodiscard]] std::size_t compiled() const {
        return static_cast<std::size_t>(std::count_if(outcomes_.begin(), outcomes_.end(), [](const outcome& o) { return o.made; }));
    }
    [[nodiscard]] bool serves(const az::node& other, std::vector<const az::bind_node*>& binds) const {
        return az::node_matcher{binds}.nodes(&other, node_.get());
    }
    [[nodiscard]] std::string compare_with(const az::node& other) const {
        for (std::size_t i = 0; i < outcomes_.size(); ++i)
            if (auto problem = compare(outcomes_[i], compile(other, targets()[i])); !problem.empty())
                return targets()[i].server.dialect + ": " + problem;
        return {};
    }

private:
    az::node_ptr node_;
    std::vector<outcome> outcomes_{};
};

std::string problem_of_sharing(const kept_statement& kept, const az::node& other, const std::vector<const az::bind_node*>& found) {
    std::vector<const az::bind_node*> own;
    az::collect_binds(other, own);
    if (own != found) return "the matcher finds other binds than the statement has";
    return kept.compare_with(other);
}

}  // namespace

std::string sharing_property::check(const choices& statement, std::span<const choices> others) {
    try {
        const auto node = build(statement, 0);
        if (!node) return {};
        const kept_statement kept{node};
        compiled_ += kept.compiled();
        std::vector<const az::bind_node*> binds;
        const auto again = build(statement, 1);
        if (!kept.serves(*again, binds)) return "the same statement built again is not found";
        if (auto problem = problem_of_sharing(kept, *again, binds); !problem.empty()) return problem;
        for (const choices& o : others) {
            const auto other = build(o, 1);
            ++pairs_;
            binds.clear();
            if (!other || !kept.serves(*other, binds)) continue;
            ++shared_;
            if (auto problem = problem_of_sharing(kept, *other, binds); !problem.empty()) return problem;
        }
        return {};
    } catch (const az::error& e) {
        return fmt::format("outside compiling: {}", e.what());
    } catch (const std::exception& e) {
        return fmt::format("something else than azoth::error: {}", e.what());
    }
}

choices changed(choices statement, std::span<const std::uint8_t> change) {
    if (statement.empty() || change.size() < change_size) return statement;
    const auto place = [&](unsigned byte) { return change[byte] % statement.size(); };
    switch (change[0] % 4) {
        case 0: statement[place(1)] = change[2]; break;
        case 1: ++statement[place(1)]; break;
        case 2: statement[place(1)] = statement[place(2)]; break;
        default: std::swap(statement[place(1)], statement[place(2)]); break;
    }
    return statement;
}

std::string check_changed(sharing_property& property, std::span<const std::uint8_t> change_and_statement) {
    if (change_and_statement.size() <= change_size) return {};
    const auto rest = change_and_statement.subspan(change_size);
    const choices statement{rest.begin(), rest.end()};
    const choices other = changed(statement, change_and_statement.first(change_size));
    return property.check(statement, {&other, 1});
}

choices used_by_statement(const choices& from) {
    byte_source source{from};
    try {
        (void)statement_generator{source, 0}.make();
    } catch (const az::error&) {
        return {};
    }
    return {from.begin(), from.end() - static_cast<std::ptrdiff_t>(source.left())};
}

}  // namespace properties
