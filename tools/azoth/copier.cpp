#include "copier.hpp"

#include "copy_completion.hpp"
#include "copy_losses.hpp"
#include "copy_unheld.hpp"
#include "copy_verify.hpp"

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
    : options_{options},
      source_{source},
      target_{target},
      from_{read_database(source, request())},
      target_name_{url::parse(options.target).to_string()},
      shared_{source, from_.family, options.schema},
      selected_{selected_for_copy(from_, options.tables, shared_)},
      numbers_{source, request()} {
    check_wanted();
    target.with_executor([&](executor& on) {
        server_ = on.server_profile();
        family_ = on.rules().family_of(server_.dialect);
    });
    alone_.emplace(target, family_, target_name_);  // ahead of what reads the target: another copy may hold SQLite's own lock
    made_ = portable_to(selected_, from_.family, server_, family_);
    if (common_family() == "sqlite") keep_declared_types(made_.schema);
    const schema_definition there = read_target();
    leave_out_loose_keys(made_, there, target);
    take_types_of_parents(made_, there, family_);
    tell_names_apart(made_, server_, family_, there);
    for (auto& l : lost_sharing(selected_, from_, shared_)) made_.lost.push_back(std::move(l));
    for (auto& l : numbers_.lost_by(made_.schema, server_.can)) made_.lost.push_back(std::move(l));
}

void copier::stop() {
    if (is_moving_ && !is_stopped_.exchange(true)) return;
    fmt::print(stderr, "\nazoth: stopped; the same command goes on from there\n");
    std::_Exit(stopped_by_user);
}

void copier::run() {
    announce();
    look_at_rows();
    begin();
    create();
    move();
    finish();
    if (options_.verify) verify_copy(tables_, common_family(), source_, target_);
    marker_of(false);
}

reflection_request copier::request() const {
    const bool is_all = options_.tables.empty();
    return {.schema = options_.schema, .names = options_.tables, .views = is_all};
}

/// Where the copy goes; empty: to the connection's own.
std::string copier::target_schema() const { return server_.can.schemas ? options_.schema : std::string{}; }

/// What is in that place, so far.
schema_definition copier::read_target() const {
    const std::string place = target_schema();
    bool is_there = true;
    if (!place.empty()) target_.with_executor([&](executor& on) { is_there = on.reflect().has_schema(place); });
    return is_there ? read_database(target_, {.schema = place}).all.definition() : schema_definition{};
}

/// Of both databases, where they are of one kind.
std::string_view copier::common_family() const { return from_.family == family_ ? std::string_view{family_} : std::string_view{}; }

void copier::check_wanted() const {
    for (const auto& wanted : options_.tables)
        if (std::ranges::none_of(selected_.tables, [&](const auto& t) { return t->node->name == wanted; }))
            throw std::runtime_error{fmt::format("there is no table \"{}\" in {}", wanted, source_.url().to_string())};
}

void copier::announce() const {
    for (const auto& line : grouped_notes(selected_.notes, selected_)) fmt::print(stderr, "not read as it stands: {}\n", line);
    for (const auto& line : grouped_notes(made_.lost, selected_)) fmt::print(stderr, "lost on {}: {}\n", server_.server, line);
    if (options_.strict && !(made_.lost.empty() && selected_.notes.empty()))
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
                                         selection, source, target_name_, marker().name())};
}

/// How many there are, and whether all of them can move, as far as a query tells.
void copier::look_at_rows() {
    for (const auto& t : made_.schema.tables) {
        const auto original = std::ranges::find_if(selected_.tables, [&](const auto& o) { return o->node->name == t->node->name; });
        const table to{t};
        row_set from{table{*original}, filled_columns(moving_columns(table{*original}, common_family()), to),
                     shared_.own_rows(t->node->name)};
        if (from_.family == "postgresql" && common_family().empty()) refuse_unheld_values(from, source_, server_);
        const std::int64_t rows = count_rows(from, source_);
        tables_.push_back({std::move(from), to, rows, !common_family().empty()});
    }
    // The largest first, so that none is left alone at the end.
    std::ranges::stable_sort(tables_, std::ranges::greater{}, &moving_table::rows);
}

/// Whether an earlier run has begun; a target with rows of its own is left alone.
void copier::begin() {
    bool has_marker = false;
    std::vector<std::string> names;
    std::vector<bool> are_there;
    for (const auto& t : made_.schema.tables) names.push_back(t->node->name);
    target_.with_executor([&](executor& on) {
        has_marker = on.reflect().has_table(marker().name());
        are_there = on.reflect().have_tables(names, target_schema());
    });
    std::vector<std::string> there;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (are_there[i]) there.push_back(names[i]);
    if (has_marker) {
        refuse_another();
        fmt::print(stderr, "going on with the copy that was interrupted\n");
        return;
    }
    if (!there.empty())
        throw std::runtime_error{fmt::format("{} has {} already: drop {}, or copy other tables with --tables", target_name_,
                                             fmt::join(there, ", "), there.size() == 1 ? "it" : "them")};
    leave_sequences_there();
    marker_of(true);
}

/// A sequence that is the target's own already has given out numbers there, and goes on.
void copier::leave_sequences_there() {
    std::vector<std::string> names;
    for (const auto& s : made_.schema.sequences) names.push_back(s.name.name);
    std::vector<bool> are_there(names.size());
    if (!names.empty()) target_.with_executor([&](executor& on) { are_there = on.reflect().have_sequences(names, target_schema()); });
    std::erase_if(made_.schema.sequences, [&](const sequence_definition& s) {
        return are_there[static_cast<std::size_t>(std::ranges::find(names, s.name.name) - names.begin())];
    });
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
    if (const std::string place = target_schema(); !place.empty())
        all.before_create([place](executor& on) {
            if (!on.reflect().has_schema(place)) on.run(*create_schema(place).node(), nullptr);
        });
    for (const auto& s : bare.sequences) all.add(sequence{s});
    for (const auto& t : bare.tables) all.add(table{t});
    all.create_all(target_);
}

void copier::move() {
    std::int64_t total = 0;
    for (const auto& t : tables_) total += t.rows;
    progress_bar bar{"copying", total};
    is_moving_ = true;
    run_jobs(tables_, bar);
    is_moving_ = false;
    bar.finish(done_);
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

/// What follows the rows, and the numbers to go on from.
void copier::finish() const {
    complete_tables(made_.schema, read_target(), target_);
    numbers_.write(target_, made_.schema, tables_);
}

}  // namespace azoth::command
