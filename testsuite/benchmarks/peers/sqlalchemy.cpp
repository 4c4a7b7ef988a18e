// SQLAlchemy, Core and ORM: a Python process that is started once, and takes its turn in the rounds. sqlalchemy_peer.py is its other half.
#include "peers.hpp"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <stdexcept>

extern char** environ;

namespace bench {
namespace {

using nlohmann::json;

struct file_closer {
    void operator()(std::FILE* f) const { std::fclose(f); }
};
using file = std::unique_ptr<std::FILE, file_closer>;

/// A pipe whose ends no later child inherits.
struct pipe_ends {
    pipe_ends() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    }
    std::array<int, 2> ends{};
};

/// Python, with the script running: one line is asked, one is answered. It ends when its input does.
class python {
public:
    python() {
        std::signal(SIGPIPE, SIG_IGN);  // if the process has ended, writing to it is to fail, not to end this one
        const pipe_ends in;
        const pipe_ends out;
        to_ = file{::fdopen(in.ends[1], "w")};
        from_ = file{::fdopen(out.ends[0], "r")};
        posix_spawn_file_actions_t how;
        ::posix_spawn_file_actions_init(&how);
        ::posix_spawn_file_actions_adddup2(&how, in.ends[0], STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&how, out.ends[1], STDOUT_FILENO);
        // Debian's SQLAlchemy is Debian's Python's.
        const std::array<const char*, 3> words{"/usr/bin/python3", AZOTH_PEER_SCRIPT, nullptr};
        const int code = ::posix_spawn(&process_, words[0], &how, nullptr, const_cast<char**>(words.data()), environ);
        ::posix_spawn_file_actions_destroy(&how);
        ::close(in.ends[0]);
        ::close(out.ends[1]);
        if (code != 0) throw std::runtime_error("/usr/bin/python3 cannot be started");
        try {
            answer();
        } catch (...) {
            end();
            throw;
        }
    }
    ~python() { end(); }
    python(const python&) = delete;
    python& operator=(const python&) = delete;

    json ask(const json& question) {
        const std::string line = question.dump() + "\n";
        if (std::fputs(line.c_str(), to_.get()) < 0 || std::fflush(to_.get()) != 0)
            throw std::runtime_error("SQLAlchemy's process has ended");
        return answer();
    }

private:
    json answer() {
        std::string line;
        for (int c = std::fgetc(from_.get()); c != '\n'; c = std::fgetc(from_.get())) {
            if (c == EOF) throw std::runtime_error("SQLAlchemy's process has ended");
            line += static_cast<char>(c);
        }
        json said = json::parse(line);
        if (said.contains("error")) throw std::runtime_error(said["error"].get<std::string>());
        return said;
    }
    void end() {
        to_.reset();
        ::waitpid(process_, nullptr, 0);
    }

    file to_{};
    file from_{};
    pid_t process_{};
};

/// What the process has opened, by its number there.
class opened {
public:
    opened(std::shared_ptr<python> by, const json& what) : by_{std::move(by)}, number_{by_->ask(what)["on"]} {}
    double round(const char* work, std::size_t count) { return by_->ask({{"do", work}, {"on", number_}, {"count", count}})["ns"]; }

private:
    std::shared_ptr<python> by_;
    int number_;
};

class core_connection final : public peer_connection {
public:
    core_connection(std::shared_ptr<python> by, const azoth::url& to) : there_{std::move(by), description_of(to)} {}
    double select(std::size_t lookups) override { return there_.round("select", lookups); }
    double scan(std::size_t rows) override { return there_.round("scan", rows); }
    double insert(const std::vector<Item>& items) override { return there_.round("insert", items.size()); }  // it makes the like itself
    [[nodiscard]] bool inserts_in_bulk() const override { return true; }

private:
    static json description_of(const azoth::url& to) {
        json made{{"do", "core"}, {"dialect", to.dialect()}, {"database", to.database()}};
        if (to.hosts().empty()) return made;
        made["host"] = to.hosts().front().name;
        made["port"] = to.hosts().front().port;
        made["user"] = to.user().value_or("");
        made["password"] = to.password().value_or("");
        return made;
    }
    opened there_;
};

class orm_sessions final : public peer_orm {
public:
    orm_sessions(std::shared_ptr<python> by, const orm_files& on)
        : there_{std::move(by), {{"do", "orm"}, {"items", on.items}, {"family", on.family}, {"lookups", on.lookups}}} {}
    double flush(std::size_t objects) override { return there_.round("flush", objects); }
    double load(std::size_t parents) override { return there_.round("load", parents); }
    double get(std::size_t lookups) override { return there_.round("get", lookups); }
    double hit(std::size_t lookups) override { return there_.round("hit", lookups); }

private:
    opened there_;
};

}  // namespace

peer_library sqlalchemy_peer() {
    const auto by = std::make_shared<python>();
    return {"SQLAlchemy", [by](const azoth::url& to) { return std::make_unique<core_connection>(by, to); },
            [by](const orm_files& on) { return std::make_unique<orm_sessions>(by, on); }};
}

}  // namespace bench
