#include "copier.hpp"

#include "copy_lock.hpp"
#include "copy_losses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

namespace azoth::command {
namespace {

constexpr std::uint32_t longest_source = 500;

/// Left in the target while a copy is under way: what is there is then the copy's own, and can be gone on with.
const table& marker() {
    static const table made{"azoth_copy_under_way",
                            {column("source", string(longest_source), primary_key), column("selection", type_kind::text, not_null)}};
    return made;
}

std::string source_name_of(const engine& source) { return source.url().to_string().substr(0, longest_source); }

/// What is copied, for people, and the same for the same choice.
std::string selection_of(const copy_options& options) {
    std::vector<std::string> names = options.tables;
    std::ranges::sort(names);
    const std::string tables = names.empty() ? "all tables" : fmt::format("the tables {}", fmt::join(names, ", "));
    return options.schema.empty() ? tables : fmt::format("{} of the schema {}", tables, options.schema);
}

}  // namespace

copier::copier(const copy_options& options, const engine& source, const engine& target)
    : options_{options}, source_{source}, target_{target}, from_{read_database(source, request())} {
    check_wanted();
    target.with_executor([&](executor& on) {
        server_ = on.server_profile();
        family_ = on.rules().family_of(server_.dialect);
    });
    made_ = portable_to(from_.all.definition(), from_.family, server_, family_);
    leave_out_loose_keys(made_, target);
    for (auto& l : counted_numbers{source, request()}.lost_by(made_.schema, server_.can)) made_.lost.push_back(std::move(l));
}

void copier::stop() {
    if (is_moving_ && !is_stopped_.exchange(true)) return;
    fmt::print(stderr, "\nazoth: stopped; the same command goes on from there\n");
    std::_Exit(stopped_by_user);
}

void copier::run() {
    announce();
    const copy_lock alone{target_, family_};
    begin();
    create();
    move();
    finish();
    if (options_.verify) verify();
    marker_of(false);
}

reflection_request copier::request() const {
    const bool is_all = options_.tables.empty();
    return {.schema = options_.schema, .names = options_.tables, .views = is_all, .sequences = is_all};
}

void copier::check_wanted() const {
    for (const auto& wanted : options_.tables)
        if (std::ranges::none_of(from_.all.definition().tables, [&](const auto& t) { return t->node->name == wanted; }))
            throw std::runtime_error{fmt::format("there is no table \"{}\" in {}", wanted, source_.url().to_string())};
}

void copier::announce() const {
    const schema_definition& all = from_.all.definition();
    for (const auto& line : grouped_notes(from_.all.notes(), all)) fmt::print(stderr, "not read as it stands: {}\n", line);
    for (const auto& line : grouped_notes(made_.lost, all)) fmt::print(stderr, "lost on {}: {}\n", server_.server, line);
    if (options_.strict && !(made_.lost.empty() && from_.all.notes().empty()))
        throw std::runtime_error{"--strict: nothing has been copied, for something would be lost"};
}

void copier::marker_of(bool there) const {
    if (!there) return metadata{{marker()}}.drop_all(target_);
    metadata{{marker()}}.create_all(target_);
    connection c = target_.connect("azoth copy");
    c.execute(insert(marker()).set(marker()["source"], source_name_of(source_)).set(marker()["selection"], selection_of(options_)));
    c.commit();
}

/// What another command has begun is for that one to end.
void copier::refuse_another() const {
    connection c = target_.connect("azoth copy");
    const auto before = c.execute(select(marker().column<std::string>("source"), marker().column<std::string>("selection"))).all();
    if (before.empty()) return;
    const auto& [source, selection] = before.front();
    if (source == source_name_of(source_) && selection == selection_of(options_)) return;
    throw std::runtime_error{fmt::format("a copy of {} from {} is half done in {}: end it with its own command, or drop its tables and {}",
                                         selection, source, target_.url().to_string(), marker().name())};
}

/// Whether an earlier run has begun; a target with rows of its own is left alone.
void copier::begin() {
    bool has_marker = false;
    std::vector<std::string> there;
    target_.with_executor([&](executor& on) {
        has_marker = on.reflect().has_table(marker().name());
        for (const auto& t : made_.schema.tables)
            if (on.reflect().has_table(t->node->name, t->node->schema)) there.push_back(t->node->name);
    });
    if (has_marker) {
        refuse_another();
        fmt::print(stderr, "going on with the copy that was interrupted\n");
        return;
    }
    if (!there.empty())
        throw std::runtime_error{fmt::format("{} has {} already: drop {}, or copy other tables with --tables", target_.url().to_string(),
                                             fmt::join(there, ", "), there.size() == 1 ? "it" : "them")};
    marker_of(true);
}

/// Tables without what makes loading slow or depends on other tables' rows; that follows.
void copier::create() const {
    schema_definition bare = made_.schema;
    bare.views.clear();
    for (auto& t : bare.tables) {
        auto copy = std::make_shared<table_definition>(*t);
        copy->indexes.clear();
        for (auto& c : copy->details)
            if (c.identity) c.identity->always = false;  // or the rows' own numbers would be refused
        copy->triggers.clear();                          // they would fire for rows that they have fired for
        if (server_.can.alter_add_constraint) copy->foreign_keys.clear();
        t = std::move(copy);
    }
    metadata all;
    for (const auto& s : bare.sequences) all.add(sequence{s});
    for (const auto& t : bare.tables) all.add(table{t});
    all.create_all(target_);
}

void copier::move() {
    std::vector<moving_table> tables;
    std::int64_t total = 0;
    for (const auto& t : made_.schema.tables) {
        const auto& originals = from_.all.definition().tables;
        const auto original = std::ranges::find_if(originals, [&](const auto& o) { return o->node->name == t->node->name; });
        tables.push_back({table{*original}, table{t}, count_rows(table{*original}, source_), from_.family == family_});
        total += tables.back().rows;
    }
    // The largest first, so that none is left alone at the end.
    std::ranges::stable_sort(tables, std::ranges::greater{}, &moving_table::rows);
    progress_bar bar{"copying", total};
    is_moving_ = true;
    run_jobs(tables, bar);
    is_moving_ = false;
    bar.finish(done_);
    tables_ = std::move(tables);
}

void copier::run_jobs(const std::vector<moving_table>& tables, progress_bar& bar) {
    std::atomic<std::size_t> next{0};
    std::mutex guard;
    std::exception_ptr failed;
    const auto told = [&](std::int64_t rows) {
        const std::lock_guard lock{guard};
        done_ += rows;
        bar.show(done_);
        if (is_stopped_) throw stopped{fmt::format("stopped: {} rows are copied; the same command goes on from there", grouped(done_))};
    };
    const auto work = [&] {
        for (std::size_t i = next++; i < tables.size(); i = next++) {
            try {
                {
                    const std::lock_guard lock{guard};
                    bar.at(fmt::format("{} ({} of {})", tables[i].to.name(), i + 1, tables.size()));
                }
                copy_rows(tables[i], source_, target_, told);
            } catch (...) {
                const std::lock_guard lock{guard};
                if (!failed) failed = std::current_exception();
                next = tables.size();
            }
        }
    };
    std::vector<std::jthread> crew;
    for (int i = 1; i < options_.jobs; ++i) crew.emplace_back(work);
    work();
    crew.clear();
    if (failed) std::rethrow_exception(failed);
}

/// Indexes, keys, triggers and views that are not there yet, and the numbers to go on from.
void copier::finish() const {
    const inspected there = read_database(target_, {.schema = {}, .views = true});
    for (const auto& t : made_.schema.tables) {
        const auto& known = there.all.definition().tables;
        const auto found = std::ranges::find_if(known, [&](const auto& k) { return k->node->name == t->node->name; });
        if (found != known.end()) complete(table{t}, **found);
    }
    metadata views;
    for (const auto& v : made_.schema.views) views.add(view{v});
    views.create_all(target_);
    counted_numbers{source_, request()}.write(target_, made_.schema, tables_);
}

void copier::complete(const table& wanted, const table_definition& there) const {
    const auto lacks = [](const auto& all, const std::string& name) {
        return std::ranges::none_of(all, [&](const auto& a) { return a.name == name; });
    };
    connection c = target_.connect("azoth copy");
    for (const auto& i : wanted.definition().indexes)
        if (lacks(there.indexes, i.name)) c.execute(create_index(wanted, i));
    if (server_.can.alter_add_constraint)
        for (const auto& k : wanted.definition().foreign_keys)
            if (lacks(there.foreign_keys, k.name)) c.execute(add_constraint(wanted, k));
    for (std::size_t i = 0; i < wanted.columns().size(); ++i)
        if (const auto& identity = wanted.definition().details[i].identity; identity && identity->always)
            c.execute(alter_column(wanted, wanted.columns()[i].name, always_identity(identity->options)));
    if (there.triggers.empty())  // all of them come in one transaction
        for (const auto& t : wanted.definition().triggers) c.execute(create_trigger(t));
    c.commit();
}

void copier::verify() const {
    progress_bar bar{"verifying", static_cast<std::int64_t>(tables_.size()), tables_.size() == 1 ? "table" : "tables"};
    std::int64_t done = 0;
    for (const auto& t : tables_) {
        const std::vector<type> types = types_of(t.from);
        const checksum before = checksum_of(t.from, types, source_);
        const checksum after = checksum_of(t.to, types, target_);
        if (before != after)
            throw std::runtime_error{fmt::format("{} differs: {} rows in {}, {} in {}{}", to_string(t.from.definition().name()),
                                                 grouped(before.rows), source_.url().to_string(), grouped(after.rows),
                                                 target_.url().to_string(), before.rows == after.rows ? ", with other values" : "")};
        bar.show(++done);
    }
    bar.finish(done);
    fmt::print(stderr, "verified {} table{}: every value is the same\n", tables_.size(), tables_.size() == 1 ? "" : "s");
}

}  // namespace azoth::command
