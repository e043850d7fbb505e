using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Examples;

public sealed class CostSaverByNightTests : IDisposable
{
    private readonly TestGateway _gateway = ExampleGateway.Open("cost-saver-by-night");

    /// <summary>The clock begins at midnight in London, which in January is one o'clock in Berlin.</summary>
    [Theory]
    [InlineData(0, "gpt-4o-mini", "night")]
    [InlineData(4.9, "gpt-4o-mini", "night")]
    [InlineData(5, "gpt-4o", null)]
    [InlineData(20.9, "gpt-4o", null)]
    [InlineData(21, "gpt-4o-mini", "night")]
    public async Task Assistant_IsTheCheaperModelByNight(double hours, string model, string? tag)
    {
        _gateway.Clock.Advance(TimeSpan.FromHours(hours));

        ClientCall call = await _gateway.Answers().AskAsync();

        Assert.Equal(model, call.Header("x-lightport-model"));
        Assert.Equal(tag, _gateway.Record.Tag);
    }

    public void Dispose() => _gateway.Dispose();
}
