using Lightport.Conformance.Cases;
using Lightport.Conformance.Clients;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Upstreams;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Running;

/// <summary>Whether a client was told what its provider answered.</summary>
internal static class AnswerJudge
{
    /// <returns>What the client was told; null where it was an error, or is one now.</returns>
    public static ReadAnswer? Judge(
        ClientScript client, UpstreamScript provider, Answer answer, bool stream, WireAnswer wire, Findings findings)
    {
        bool isEvents = stream && wire.Status == 200;
        Folding folding = isEvents
            ? client.Fold(SseText.Read(wire.Body, client.TakesBareErrors))
            : new Folding { Whole = JsonReading.Parse(System.Text.Encoding.UTF8.GetString(wire.Body)) ?? [] };
        string? error = wire.Status == 200 ? folding.Error : client.ErrorMessage(folding.Whole);
        findings.Demand(
            wire.Status == 200 || error is not null || wire.IsBroken,
            $"a {wire.Status} that is no error of the dialect");
        if (answer.Fault != Fault.None)
        {
            JudgeFault(answer, wire, isEvents, folding, error, findings);
            return null;
        }

        findings.Demand(wire.Status == 200 && error is null, $"answered {wire.Status}: {error}");
        findings.Demand(!wire.IsBroken && (!isEvents || folding.IsEnded), "the answer broke off");
        string[] broken = findings.IsOver ? [] : [.. folding.Broken, .. client.Broken(folding.Whole)];
        findings.Demand(broken.Length == 0, broken.FirstOrDefault() ?? "");
        if (findings.IsOver)
        {
            return null;
        }

        Told told = client.Tell(folding.Whole);
        JudgeFacts(answer, told, wire.AnswerDropped, findings);
        JudgeUsage(client.Known(provider.Told(answer.Usage)), told.Usage, findings);
        return new ReadAnswer(folding.Whole, told);
    }

    private static void JudgeFacts(Answer answer, Told told, IReadOnlyList<string> dropped, Findings findings)
    {
        foreach (string name in dropped)
        {
            findings.Lose(name);
        }

        FactDifference difference = FactDifference.Between(Expected(answer), told.Facts);
        foreach (Fact fact in difference.Missing)
        {
            findings.Demand(
                dropped.Any(name => Subjects.IsNamed(fact.Subject, name)),
                $"the answer lost in silence: {fact}, read {string.Join(", ", difference.Added)}");
        }

        foreach (Fact fact in difference.Added)
        {
            findings.Fail($"never answered: {fact}");
        }

        bool isInOrder = told.Order is null || difference.Missing.Count > 0 || told.Order.SequenceEqual(Order(answer));
        findings.Demand(!difference.IsReordered && isInOrder, "the order of the answer changed");
        string[] finishes = Finishes(answer.Ending);
        findings.Demand(finishes.Contains(told.Finish), $"ended by {told.Finish ?? "nothing"}, not {finishes[0]}");
    }

    private static IReadOnlyList<Fact> Expected(Answer answer)
    {
        var facts = new FactList();
        facts.Add(Subjects.Reasoning, answer.Reasoning);
        facts.Add(Subjects.Text, answer.Text);
        foreach (Call call in answer.Calls)
        {
            facts.AddCall(call.Name, call.Arguments);
        }

        foreach (Citation citation in answer.Citations)
        {
            facts.Add(Subjects.Citation, $"{citation.Url} {citation.Title}");
        }

        return [.. facts];
    }

    /// <summary>Every scripted provider thinks, then speaks, then calls.</summary>
    private static IReadOnlyList<string> Order(Answer answer) => Told.OrderOf(
    [
        answer.Reasoning is null ? null : Subjects.Reasoning,
        answer.Text is null ? null : Subjects.Text,
        answer.Calls.Count == 0 ? null : Subjects.Call,
    ]);

    private static string[] Finishes(Ending ending) => ending switch
    {
        Ending.Calls => [Told.CallsMade],
        Ending.Length => [Told.Length, Told.CutShort],
        Ending.ContentFilter => [Told.Filter, Told.CutShort],

        // Some wires tell a refusal by how the answer ends, others by a part of it.
        Ending.Refusal => [Told.Stop, Told.Filter, Told.CutShort],
        _ => [Told.Stop],
    };

    /// <summary>A class that either wire has no word for cannot be compared.</summary>
    private static void JudgeUsage(Usage expected, Usage? told, Findings findings)
    {
        Usage? shared = told is null ? null : expected with
        {
            Cached = told.Cached is null ? null : expected.Cached,
            Reasoning = told.Reasoning is null ? null : expected.Reasoning,
        };
        Usage? read = told is null ? null : told with
        {
            Cached = expected.Cached is null ? null : told.Cached,
            Reasoning = expected.Reasoning is null ? null : told.Reasoning,
        };
        findings.Demand(shared is not null && shared == read, $"usage is {told}, not {expected}");
    }

    private static void JudgeFault(
        Answer answer, WireAnswer wire, bool isEvents, Folding folding, string? error, Findings findings)
    {
        bool isError = error is not null;
        switch (answer.Fault)
        {
            case Fault.ErrorBefore:
                findings.Demand(wire.Status == 429, $"an error of 429 became {wire.Status}");
                findings.Demand(Says(UpstreamHost.BusyMessage), $"the provider's message became '{error}'");
                findings.Demand(wire.RetryAfter == UpstreamHost.RetryAfter, $"retry-after became '{wire.RetryAfter}'");
                break;
            case Fault.ErrorInside:
                findings.Demand(isEvents || wire.Status >= 400, $"an error inside a 200 became {wire.Status}");
                findings.Demand(isError && !folding.IsEnded, "an error in the answer looks like its end");
                findings.Demand(Says(UpstreamHost.BrokenMessage), $"the provider's message became '{error}'");
                break;
            default:
                findings.Demand(
                    (isError || wire.IsBroken) && !folding.IsEnded, "a cut answer looks like a whole one");
                break;
        }

        bool Says(string message) => error?.Contains(message, StringComparison.Ordinal) == true;
    }
}

/// <summary>An answer that is in order.</summary>
/// <param name="Whole">Its body.</param>
/// <param name="Told">What it says.</param>
internal sealed record ReadAnswer(System.Text.Json.Nodes.JsonObject Whole, Told Told);
