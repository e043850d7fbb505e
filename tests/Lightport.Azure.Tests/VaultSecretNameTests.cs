namespace Lightport.Azure.Tests;

public sealed class VaultSecretNameTests
{
    [Theory]
    [InlineData("OPENAI_API_KEY", "openai-api-key")]
    [InlineData("team-anthropic", "team-anthropic")]
    [InlineData("Bedrock.EU 2", "bedrock-eu-2")]
    [InlineData("clé", "cl-")]
    public void For_AnyName_IsLettersDigitsAndHyphens(string name, string expected) =>
        Assert.Equal(expected, VaultSecretName.For(name));
}
