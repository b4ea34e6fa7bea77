# As the company of the tests sorts its mail: by the kind that each letter names.
require ["fileinto", "mailbox"];
if header :contains "List-Id" ".kaizend.test.example" {
    fileinto :create "Kaizen";
}
