#include "tpcb.hpp"

#include <sys/resource.h>

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

namespace tpcb {
namespace {

struct answer {
    std::string text;
    double processor{};  ///< seconds
};

double children_seconds() {
    rusage used{};
    getrusage(RUSAGE_CHILDREN, &used);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// A word for the shell.
std::string quoted(const std::string& word) {
    std::string text = "'";
    for (const char c : word)
        if (c == '\'') text += "'\\''";
        else text += c;
    return text + "'";
}

class pgbench {
public:
    pgbench(const azoth::url& to, const std::string& program) {
        const auto& host = to.hosts().front();
        ::setenv("PGPASSWORD", to.password().value_or("").c_str(), 1);  // no thread runs yet
        where_ = fmt::format("-h {} {} -U {} {}", quoted(host.name), host.port ? fmt::format("-p {}", host.port) : "",
                             quoted(to.user().value_or("")), quoted(to.database()));
        program_ = quoted(program);
    }
    [[nodiscard]] answer run(const std::string& options) const {
        const double used = children_seconds();
        std::FILE* const pipe = ::popen(fmt::format("exec {} {} {} 2>&1", program_, options, where_).c_str(), "r");
        if (!pipe) throw std::runtime_error("pgbench cannot be started");
        answer found;
        std::array<char, 4096> block{};
        while (const std::size_t size = std::fread(block.data(), 1, block.size(), pipe)) found.text.append(block.data(), size);
        if (::pclose(pipe) != 0) throw std::runtime_error("pgbench failed: " + found.text);
        found.processor = children_seconds() - used;
        return found;
    }

private:
    std::string program_;
    std::string where_;
};

double number_behind(const std::string& text, std::string_view words) {
    const auto at = text.find(words);
    if (at == std::string::npos) throw std::runtime_error(fmt::format("pgbench does not tell \"{}\": {}", words, text));
    return std::strtod(text.c_str() + at + words.size(), nullptr);
}

outcome run_pgbench(const pgbench& program, const load& how) {
    const std::string options = fmt::format("-M prepared -n -c {0} -j {0}", how.connections);
    // A transaction a connection: what opening them takes of the processor, which pgbench does not tell.
    const answer opening = program.run(options + " -t 1");
    const answer found = program.run(options + fmt::format(" -T {}", how.length.count()));
    if (number_behind(found.text, "number of failed transactions: ") != 0)
        throw std::runtime_error("pgbench gave up transactions: " + found.text);
    const double transactions = number_behind(found.text, "number of transactions actually processed: ");
    outcome all;
    all.seconds = transactions / number_behind(found.text, "tps = ");
    all.processor = found.processor - opening.processor;
    all.transactions = static_cast<std::uint64_t>(transactions);
    all.untimed = how.connections;
    return all;
}

}  // namespace

contender pgbench_contender(const azoth::url& to, const std::string& program, std::int32_t scale) {
    const pgbench runs{to, program};
    (void)runs.run(fmt::format("-i -q -s {}", scale));
    return {"pgbench", [=](const load& how) { return run_pgbench(runs, how); }};
}

}  // namespace tpcb
