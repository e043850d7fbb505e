using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Clients;
using Lightport.Conformance.Upstreams;

namespace Lightport.Conformance.Running;

/// <summary>One conversation of one client by one or two providers, from its first word to its verdict.</summary>
internal sealed class CellRun(UpstreamHost host, Caller caller, ClientScript client, UpstreamScript[] providers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<Verdict> RunAsync(Case asked, bool stream, string mark, CancellationToken cancellationToken)
    {
        if (client.CannotSay(asked) is { } why)
        {
            return new Verdict(Outcome.Unsaid, why);
        }

        UpstreamSession session = host.Open(mark);
        try
        {
            Case marked = Marked(asked, mark);
            return asked.Fault == Fault.Held
                ? await LeaveAsync(marked, stream, session, cancellationToken)
                : await TalkAsync(marked, stream, session, cancellationToken);
        }
        catch (Exception e) when (e is TaskCanceledException && !cancellationToken.IsCancellationRequested
            || e is HttpRequestException { HttpRequestError: not HttpRequestError.ConnectionError })
        {
            return Verdict.Failed($"no answer: {e.Message}");
        }
        finally
        {
            host.Close(session);
        }
    }

    private async Task<Verdict> TalkAsync(
        Case asked, bool stream, UpstreamSession session, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var script = new Script(asked);
        JsonArray history = [];
        IReadOnlyList<ToldCall> calls = [];
        foreach (Step step in asked.Steps)
        {
            UpstreamScript provider = providers[step.Target];
            script.Add(step);
            client.Say(history, step.Says, calls);
            session.Expect(step.Answer);
            WireAnswer wire = await caller.SendAsync(
                client, new Asked(RoutedModel.NameOf(provider), stream, asked, history), cancellationToken);
            JudgeRequest(script, provider, session, wire, findings);
            ReadAnswer? read = findings.IsOver ? null
                : AnswerJudge.Judge(client, provider, step.Answer, stream, wire, findings);
            if (read is null || findings.IsOver)
            {
                break;
            }

            client.Echo(history, read.Whole);
            calls = read.Told.Calls;
            script.Add(session.Reply!, provider.Maker);
        }

        return findings.Verdict;
    }

    private void JudgeRequest(
        Script script, UpstreamScript provider, UpstreamSession session, WireAnswer wire, Findings findings)
    {
        if (session.Last is { } heard)
        {
            findings.Demand(heard.Script == provider, $"{heard.Script.Dialect} was asked, not {provider.Dialect}");
            RequestJudge.Judge(script.For(provider.Maker), heard, wire.Dropped, providers.Length > 1, findings);
            foreach (string maker in script.Foreign(provider.Maker))
            {
                findings.Lose($"thought of {maker} to {provider.Dialect}");
            }

            return;
        }

        JsonObject body = Wire.JsonReading.Parse(System.Text.Encoding.UTF8.GetString(wire.Body)) ?? [];
        string message = $"{client.ErrorField(body)} {client.ErrorMessage(body)}".Trim();
        RequestJudge.Refuse(script.For(provider.Maker), wire.Status, message, findings);
    }

    /// <summary>The client goes; so must the gateway from its provider.</summary>
    private async Task<Verdict> LeaveAsync(
        Case asked, bool stream, UpstreamSession session, CancellationToken cancellationToken)
    {
        JsonArray history = [];
        client.Say(history, asked.Steps[0].Says, []);
        session.Expect(asked.Steps[0].Answer);
        var request = new Asked(RoutedModel.NameOf(providers[0]), stream, asked, history);
        await caller.LeaveAsync(client, request, session.Holding.Task, cancellationToken);
        if (!session.Holding.Task.IsCompleted)
        {
            return Verdict.Failed("the provider was never asked");
        }

        await Task.WhenAny(session.GivenUp, Task.Delay(Patience, cancellationToken));
        return session.GivenUp.IsCompleted ? Verdict.Passed : Verdict.Failed("the provider was left running");
    }

    /// <summary>The first words carry the mark by which the provider knows the conversation.</summary>
    private static Case Marked(Case asked, string mark)
    {
        Step first = asked.Steps[0];
        var words = (Words)first.Says[0];
        Words marked = words with { Text = $"[conform {mark}] {words.Text}" };
        Step begun = first with { Says = [marked, .. first.Says.Skip(1)] };
        return asked with { Steps = [begun, .. asked.Steps.Skip(1)] };
    }
}
