using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Upstreams;

namespace Lightport.Conformance.Running;

/// <summary>Whether a provider heard what its client said.</summary>
internal static class RequestJudge
{
    /// <summary>What may be refused by name; the words themselves may not.</summary>
    private static readonly string[] Refusable =
        [Subjects.Image, Subjects.File, Subjects.Schema, Subjects.Effort, Subjects.State, Subjects.Stop, Subjects.Tool];

    /// <param name="said">What must be heard.</param>
    /// <param name="heard">What was.</param>
    /// <param name="dropped">What the gateway says that it left out.</param>
    /// <param name="moves">Whether the session goes to and fro, so that earlier thought may be left out.</param>
    /// <param name="findings">Where to put it.</param>
    public static void Judge(
        IReadOnlyList<Fact> said, Heard heard, IReadOnlyList<string> dropped, bool moves, Findings findings)
    {
        if (heard.Complaints is [string complaint, ..])
        {
            findings.Fail($"the provider refused: {complaint}");
            return;
        }

        foreach (string name in dropped)
        {
            findings.Lose(name);
        }

        // Every wire has a limit of its own; it is only held to one that the client set.
        bool hasLimit = said.Any(fact => fact.Subject == Subjects.Limit);
        FactDifference difference = FactDifference.Between(
            said,
            [.. heard.Facts.Where(fact => hasLimit || fact.Subject != Subjects.Limit)],
            Subjects.Text,
            Subjects.Call,
            Subjects.Result);
        foreach (Fact fact in difference.Missing)
        {
            if (moves && fact.Subject == Subjects.State)
            {
                findings.Lose($"earlier thought of {heard.Script.Maker}");
                continue;
            }

            findings.Demand(
                dropped.Any(name => Subjects.IsNamed(fact.Subject, name)), $"lost in silence: {fact}");
        }

        // A result that cannot hold its picture may say where it stands.
        bool mayPoint = !heard.Script.ResultsHoldPictures && said.Any(fact => fact.Subject == Subjects.Image);
        string[] free = mayPoint ? [Subjects.State, Subjects.Result, Subjects.Text] : [Subjects.State];
        foreach (Fact fact in difference.Added.Where(fact => !free.Contains(fact.Subject)))
        {
            // A wire that has no field for a file's name has it said in words.
            findings.Demand(
                fact.Text.Contains(Samples.Document.Name, StringComparison.Ordinal), $"never said: {fact}");
        }

        findings.Demand(!difference.IsReordered, "the order changed");
    }

    /// <summary>Judges an error that the gateway answered without asking the provider.</summary>
    public static void Refuse(IReadOnlyList<Fact> said, int status, string message, Findings findings)
    {
        string? named = status == 400
            ? Array.Find(Refusable, subject =>
                said.Any(fact => fact.Subject == subject) && Subjects.IsNamed(subject, message))
            : null;
        if (named is null)
        {
            findings.Fail($"answered {status}: {message}");
        }

        findings.Refusal = named;
    }
}
