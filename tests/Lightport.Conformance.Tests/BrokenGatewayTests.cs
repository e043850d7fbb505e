using Lightport.Conformance.Running;
using Lightport.Conformance.Tests.Gateways;

namespace Lightport.Conformance.Tests;

/// <summary>Whatever a gateway does wrong, the judge sees it, in each dialect, whole and streamed.</summary>
public sealed class BrokenGatewayTests(Bench bench) : IClassFixture<Bench>
{
    public static TheoryData<string, string, bool> Defects
    {
        get
        {
            var defects = new TheoryData<string, string, bool>();
            foreach (Defect defect in Defect.All)
            {
                foreach (string dialect in Bench.Dialects.Where(dialect => defect.Shows(dialect)))
                {
                    foreach (bool stream in defect.Streamed is { } form ? [form] : (bool[])[false, true])
                    {
                        defects.Add(defect.Name, dialect, stream);
                    }
                }
            }

            return defects;
        }
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task Gateway_WithADefect_Fails(string defect, string dialect, bool stream)
    {
        Defect made = Defect.All.Single(one => one.Name == defect);

        Verdict verdict = await bench.JudgeAsync(dialect, Bench.Of(made.Case), stream, made.Tampering);

        Assert.True(verdict.Outcome == Outcome.Failed, $"{verdict.Outcome} {verdict.Detail}");
    }
}
