using Lightport.Dialects;
using Lightport.Exchanges.Rules;
using Lightport.Routing.Rules;

namespace Lightport.Tests.Exchanges.Rules;

public sealed class OperationWordsTests
{
    [Fact]
    public void Operations_AllHaveAWordThatRulesKnow() =>
        Assert.Equal(RuleLanguage.Operations, Enum.GetValues<Operation>().Select(OperationWords.Of));

    /// <summary>A door of another dialect would be one that no rule may name.</summary>
    [Fact]
    public void Dialects_OfRules_AreThoseOfTheDoors() => Assert.Equal(
        RuleLanguage.Dialects.Order(StringComparer.Ordinal),
        GatewayEndpoints.All.Select(door => door.Dialect).OfType<string>().Distinct().Order(StringComparer.Ordinal));
}
