using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Examples;

public sealed class ComplianceSplitTests : IDisposable
{
    private readonly TestGateway _gateway = ExampleGateway.Open("compliance-split");

    [Theory]
    [InlineData("sample-hr", "contoso-eu.openai.azure.com", "personal-stays", "personal")]
    [InlineData("sample-web", "api.openai.com", "public", "public")]
    public async Task Data_GoesWhereItsKeySays_AndTheRecordSaysWhy(string key, string host, string rule, string tag)
    {
        ClientCall call = await _gateway.Answers().AskAsync(key);

        Assert.Equal(200, call.Status);
        Assert.Equal(host, _gateway.Upstream.Last.Address.Host);
        Assert.Equal((rule, tag), (_gateway.Record.Rule, _gateway.Record.Tag));
        Assert.Contains($"rule={rule} ", _gateway.Line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyThatNobodyClassified_IsRefused_AndThatIsOnRecord()
    {
        ClientCall call = await _gateway.AskAsync("sample-new");

        Assert.Equal((403, "denied_by_rule"), (call.Status, call.Error("code")));
        Assert.Empty(_gateway.Upstream.Seen);
        Assert.Equal(("unclassified", "new"), (_gateway.Record.Rule, _gateway.Record.Key));
    }

    [Fact]
    public async Task PersonalData_WhereItsRegionFails_GoesNowhereElse()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(500));

        ClientCall call = await _gateway.AskAsync("sample-hr");

        Assert.Equal(500, call.Status);
        Assert.Single(_gateway.Upstream.Seen);
    }

    public void Dispose() => _gateway.Dispose();
}
