#include "child_process.hpp"

#include "protocol.hpp"

#include <azoth/azoth.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>

namespace azoth::conformance {
namespace {

[[noreturn]] void fail(std::string_view doing, int code) {
    throw_error(errc::operational, fmt::format("cannot {} a worker process: {}", doing, std::generic_category().message(code)));
}

struct pipe_ends {
    file_descriptor read;
    file_descriptor write;
};

pipe_ends make_pipe() {
    int ends[2];
    // Above the numbers that the child gets: dup2 onto one of them must not close another.
    if (::pipe2(ends, O_CLOEXEC) != 0) fail("make a pipe for", errno);
    pipe_ends low{file_descriptor{ends[0]}, file_descriptor{ends[1]}};
    pipe_ends high{file_descriptor{::fcntl(ends[0], F_DUPFD_CLOEXEC, 10)}, file_descriptor{::fcntl(ends[1], F_DUPFD_CLOEXEC, 10)}};
    if (!high.read.is_open() || !high.write.is_open()) fail("make a pipe for", errno);
    return high;
}

/// What posix_spawn is told, freed again.
class spawn_plan {
public:
    spawn_plan() {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
    }
    ~spawn_plan() {
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
    }
    spawn_plan(const spawn_plan&) = delete;
    spawn_plan& operator=(const spawn_plan&) = delete;

    void connect(const file_descriptor& ours, int theirs) { posix_spawn_file_actions_adddup2(&actions, ours.get(), theirs); }
    /// A group of its own, and no ignored signal inherited.
    void separate() {
        sigset_t defaults;
        sigemptyset(&defaults);
        for (const int s : {SIGPIPE, SIGINT, SIGTERM}) sigaddset(&defaults, s);
        posix_spawnattr_setsigdefault(&attributes, &defaults);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes, static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF));
    }

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

std::string describe_status(int status) {
    if (WIFSIGNALED(status)) return fmt::format("by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
    return fmt::format("with code {}", WEXITSTATUS(status));
}

}  // namespace

child_process::child_process(std::vector<std::string> arguments) {
    pipe_ends commands = make_pipe();
    pipe_ends answers = make_pipe();
    pipe_ends output = make_pipe();
    spawn_plan plan;
    plan.connect(commands.read, 0);
    plan.connect(output.write, 1);
    plan.connect(output.write, 2);
    plan.connect(answers.write, protocol::answers);
    plan.separate();
    std::vector<char*> words;
    for (auto& a : arguments) words.push_back(a.data());
    words.push_back(nullptr);
    const int problem = ::posix_spawn(&pid_, "/proc/self/exe", &plan.actions, &plan.attributes, words.data(), environ);
    if (problem != 0) fail("start", problem);
    commands_ = std::move(commands.write);
    answers_ = std::move(answers.read);
    output_ = std::move(output.read);
}

child_process::~child_process() { (void)wait({}); }

bool child_process::send(const std::string& line) noexcept {
    return commands_.is_open() && write_all(commands_.get(), line.data(), line.size());
}

void child_process::signal(int number) const noexcept {
    if (!status_) ::kill(pid_, number);
}

const std::string& child_process::wait(std::chrono::milliseconds patience) noexcept {
    if (status_) return ending_;
    commands_.close();
    const deadline until = deadline::after(patience);
    int status{};
    pid_t ended{};
    while ((ended = ::waitpid(pid_, &status, WNOHANG)) == 0 && !until.has_passed())
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    ::kill(-pid_, SIGKILL);  // it, and what it has started and left
    while (ended == 0 || (ended < 0 && errno == EINTR)) ended = ::waitpid(pid_, &status, 0);
    status_ = status;
    return ending_ = describe_status(status);
}

}  // namespace azoth::conformance
