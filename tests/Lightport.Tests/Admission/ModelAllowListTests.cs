using Lightport.Admission;

namespace Lightport.Tests.Admission;

public sealed class ModelAllowListTests
{
    [Theory]
    [InlineData("gpt-*,fast", "gpt-4o", true)]
    [InlineData("gpt-*,fast", "fast", true)]
    [InlineData("gpt-*,fast", "faster", false)]
    [InlineData("gpt-*,fast", "openai/gpt-4o", false)]
    [InlineData("*/gpt-*-mini", "openai/gpt-4o-mini", true)]
    [InlineData("gpt-*", "GPT-4o", false)]
    [InlineData("*", "anything/at-all", true)]
    [InlineData("", "fast", false)]
    [InlineData("gpt-*,fast", "gpt-4o,fast", true)]
    [InlineData("gpt-*,fast", "gpt-4o, fast", true)]
    [InlineData("gpt-*,fast", "gpt-4o,claude-opus-5", false)]
    [InlineData("*", "gpt-4o,claude-opus-5", true)]
    public void Check_Model_AllowsWhatIsListed(string globs, string model, bool allowed)
    {
        var list = new ModelAllowList(globs.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(allowed, list.Allows(model));
        Assert.Equal(allowed ? null : 403, list.Check(model)?.Status);
    }
}
