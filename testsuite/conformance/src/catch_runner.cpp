// Catch2, and the one place that drives it: a case runs as the only test of a Catch2 run whose reporter collects what failed.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include "attempt.hpp"

#include <azoth/conformance/context.hpp>

#include <fmt/format.h>
#include <boost/core/demangle.hpp>

#include <memory>
#include <typeinfo>

namespace azoth::conformance {
namespace {

/// The case that runs now and what is known of it. Shared by what Catch2 owns for the process's whole life.
struct slot {
    const test_case* which{};
    const url* target{};
    bool unchecked{};
    const std::function<void(const attempt&)>* last_words{};
    const context* on{};  ///< while it lives
    attempt now{};
    std::size_t assertions{};
    std::size_t declines{};  ///< among the failures: Catch2 takes each for one
};

/// "operational_error" of an exception's class.
std::string class_of(const error& e) {
    const std::string full = boost::core::demangle(typeid(e).name());
    return full.substr(full.rfind(':') + 1);  // npos + 1 is the beginning
}

/// Tells Catch2 what an exception says, and remembers an error of Azoth's that is the first failure.
class translator final : public Catch::IExceptionTranslator {
public:
    explicit translator(std::shared_ptr<slot> at) : slot_{std::move(at)} {}

    std::string translate(Catch::ExceptionTranslators::const_iterator it, Catch::ExceptionTranslators::const_iterator end) const override {
        try {
            if (it == end) std::rethrow_exception(std::current_exception());
            return (*it)->translate(it + 1, end);
        } catch (const error& e) {
            if (slot_->now.failures.empty()) slot_->now.thrown_class = class_of(e);
            return fmt::format("{}: {}", class_of(e), e.what());
        } catch (const declined& d) {
            slot_->now.how = attempt::ending::declined;
            slot_->now.why_declined = d.why;
            ++slot_->declines;
            return "declined: " + d.why;
        }
    }

private:
    std::shared_ptr<slot> slot_;
};

std::string place(const Catch::SourceLineInfo& at) {
    const std::string_view file{at.file};
    const auto folder = file.rfind("/cases/");
    return fmt::format("{}:{}", folder == std::string_view::npos ? file : file.substr(folder + 1), at.line);
}

/// What came between assertions, an exception or a signal: Catch2 knows the last assertion before it, if there was one.
std::string describe_between(const Catch::AssertionResult& r, std::string_view what) {
    const bool is_first = r.getTestMacroName() == "TEST_CASE";
    const std::string where = is_first ? "" : fmt::format(" after {}", place(r.getSourceInfo()));
    return fmt::format("{}{}: {}", what, where, r.getMessage());
}

std::string describe(const Catch::AssertionStats& stats) {
    const Catch::AssertionResult& r = stats.assertionResult;
    const bool is_thrown = r.getResultType() == Catch::ResultWas::ThrewException;
    const bool is_between = r.getTestMacroName().empty() || r.getTestMacroName() == "TEST_CASE";
    if (is_thrown && is_between) return describe_between(r, "thrown");
    if (r.getResultType() == Catch::ResultWas::FatalErrorCondition) return describe_between(r, "ended");
    std::string text = place(r.getSourceInfo()) + ":";
    if (r.hasExpression()) text += " " + r.getExpressionInMacro();
    if (r.hasExpandedExpression()) text += "\n    with " + r.getExpandedExpression();
    if (r.hasMessage()) text += (r.hasExpression() ? is_thrown ? "\n    threw " : "\n    " : " ") + r.getMessage();
    if (r.getResultType() == Catch::ResultWas::DidntThrowException) text += "\n    but nothing was thrown";
    for (const auto& info : stats.infoMessages)
        if (info.message != r.getMessage()) text += "\n    where " + info.message;
    return text;
}

class collector final : public Catch::StreamingReporterBase<collector> {
public:
    collector(const Catch::ReporterConfig& config, std::shared_ptr<slot> at) : StreamingReporterBase(config), slot_{std::move(at)} {
        m_reporterPrefs.shouldReportAllAssertions = true;  // else Catch2 does not know which one came last when something is thrown
    }
    static std::string getDescription() { return "for azoth-conformance"; }

    void assertionStarting(const Catch::AssertionInfo&) override {}
    bool assertionEnded(const Catch::AssertionStats& stats) override {
        const auto type = stats.assertionResult.getResultType();
        if (type == Catch::ResultWas::Warning || type == Catch::ResultWas::Info) return false;
        if (!stats.assertionResult.isOk()) slot_->now.failures.push_back(describe(stats));
        if (type == Catch::ResultWas::FatalErrorCondition) tell_last_words();
        return true;
    }
    void testCaseEnded(const Catch::TestCaseStats& stats) override { slot_->assertions = stats.totals.assertions.total(); }

private:
    void tell_last_words() const {
        if (!*slot_->last_words) return;
        if (slot_->on) slot_->now.statements = slot_->on->statements();
        (*slot_->last_words)(slot_->now);
    }

    std::shared_ptr<slot> slot_;
};

class collector_factory final : public Catch::IReporterFactory {
public:
    explicit collector_factory(std::shared_ptr<slot> at) : slot_{std::move(at)} {}
    Catch::IStreamingReporterPtr create(const Catch::ReporterConfig& config) const override {
        return std::make_unique<collector>(config, slot_);
    }
    std::string getDescription() const override { return collector::getDescription(); }

private:
    std::shared_ptr<slot> slot_;
};

/// The only test that Catch2 knows: whatever case is in the slot.
class invoker final : public Catch::ITestInvoker {
public:
    explicit invoker(std::shared_ptr<slot> at) : slot_{std::move(at)} {}
    void invoke() const override {
        context on{*slot_->target, slot_->unchecked};
        slot_->on = &on;
        const ending_of_context end{*slot_, on};
        slot_->which->run(on);
    }

private:
    /// Looks at the context before it goes, on all ways out of the case.
    struct ending_of_context {
        slot& to;
        context& of;
        ~ending_of_context() {
            to.on = nullptr;
            to.now.statements = of.statements();
            for (auto& left : of.finish()) to.now.left_behind.push_back(std::move(left));
        }
    };
    std::shared_ptr<slot> slot_;
};

/// Catch2 allows one session in a process.
class catch_session {
public:
    catch_session() {
        auto& hub = Catch::getMutableRegistryHub();
        hub.registerReporter("azoth", std::make_shared<collector_factory>(slot_));
        // Catch2 owns both, and deletes them at exit.
        hub.registerTranslator(std::make_unique<translator>(slot_).release());
        hub.registerTest(Catch::makeTestCase(std::make_unique<invoker>(slot_).release(), "", {"case", ""}, CATCH_INTERNAL_LINEINFO));
        session_.configData().reporterName = "azoth";
        session_.configData().testsOrTags = {"case"};
    }
    attempt run(const test_case& which, const url& target, bool unchecked, const std::function<void(const attempt&)>& last_words) {
        *slot_ = slot{&which, &target, unchecked, &last_words};
        session_.run();
        attempt done = std::exchange(slot_->now, {});
        const bool is_declined = done.how == attempt::ending::declined;
        if (done.failures.empty() && slot_->assertions == 0 && !is_declined) done.failures.emplace_back("the case asserted nothing");
        // What failed before it declined has failed.
        if (!done.left_behind.empty() || done.failures.size() > slot_->declines) done.how = attempt::ending::failed;
        return done;
    }

private:
    std::shared_ptr<slot> slot_{std::make_shared<slot>()};
    Catch::Session session_{};
};

}  // namespace

attempt run_once(const test_case& which, const url& target, bool unchecked, const std::function<void(const attempt&)>& last_words) {
    static catch_session session;
    return session.run(which, target, unchecked, last_words);
}

}  // namespace azoth::conformance
