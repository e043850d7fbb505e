using Lightport.Configuration;
using Lightport.Routing;

namespace Lightport.Tests.Configuration;

/// <summary>Where copies go, as it is read, and each mistake beside the sentence that refuses it.</summary>
public sealed class ShadowReaderTests
{
    private const string Before = "providers: { openai: {}, anthropic: {} }\nmodels:\n";

    [Fact]
    public void Shadow_IsReadWithItsShare()
    {
        ShadowPolicy shadow = TestConfiguration
            .LoadValid($"{Before}  m: {{ targets: [openai/a], shadow: {{ to: anthropic/b, share: 2.5% }} }}")
            .Routing.Models["m"].Shadow!;

        Assert.Equal(("anthropic/b", 0.025), (shadow.Target.ToString(), shadow.Part));
    }

    [Theory]
    [InlineData("{ share: 5% }", "3:37: models.m.shadow needs 'to', as in to: openai/gpt-4o-mini.")]
    [InlineData(
        "{ to: anthropic/b }",
        "3:37: models.m.shadow.share must be a share of the requests over 0% and up to 100%, as in share: 5%.")]
    [InlineData(
        "{ to: anthropic/b, share: 101% }",
        "3:63: models.m.shadow.share must be a share of the requests over 0% and up to 100%, as in share: 5%.")]
    [InlineData("{ to: m, share: 5% }", "3:43: 'm' is an entry of models; a shadow goes to one provider/model.")]
    [InlineData("{ to: anthropic/*, share: 5% }", "3:43: 'anthropic/*' has a star, and so is no one model.")]
    [InlineData(
        "{ to: anthropc/b, share: 5% }",
        "3:43: 'anthropc/b' names no provider that is configured; did you mean 'anthropic'?")]
    public void Shadow_ThatIsWrong_IsRefusedWithItsPlace(string shadow, string error)
    {
        ConfigurationResult result =
            TestConfiguration.Load($"{Before}  m: {{ targets: [openai/a], shadow: {shadow} }}");

        Assert.Equal($"lightport.yaml:{error}", Assert.Single(result.Errors).ToString());
    }
}
