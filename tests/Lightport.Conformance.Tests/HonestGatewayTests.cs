using Lightport.Conformance.Cases;
using Lightport.Conformance.Running;
using Lightport.Conformance.Tests.Gateways;

namespace Lightport.Conformance.Tests;

/// <summary>A gateway that changes nothing is found to be in order: the judge invents no faults.</summary>
public sealed class HonestGatewayTests(Bench bench) : IClassFixture<Bench>
{
    public static TheoryData<string> Dialects => [.. Bench.Dialects];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task EveryCase_OverAMirror_IsInOrder(string dialect)
    {
        var failures = new List<string>();
        foreach (Case asked in CaseTable.All)
        {
            foreach (bool stream in (bool[])[false, true])
            {
                Verdict verdict = await bench.JudgeAsync(dialect, asked, stream, Tampering.None);
                if (verdict.Outcome == Outcome.Failed)
                {
                    failures.Add($"{asked.Id}, {(stream ? "streamed" : "whole")}: {verdict.Detail}");
                }
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
